BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Deployment chat
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $list = New-AzOpenAIBlocklist contoso rivals -Description 'Names of competitors'
    $outputs = @{
        Context = Get-AzOpenAIContext
        Emulator = $emulator
        Blocklist = $list
        BlocklistItem = $list | New-AzOpenAIBlocklistItem -Pattern Fabrikam
        ContentFilter = New-AzOpenAIContentFilter contoso strict -Hate Low -ViolenceCompletion High -SelfHarm Annotate -Blocklist rivals
        Resource = Get-AzOpenAIResource contoso
        Deployment = Get-AzOpenAIDeployment contoso chat
        Key = $key
        Rotation = Update-AzOpenAIKey contoso -KeyInUse Key1 -Sink { $script:rotated = $_ } -Force
        Model = @(Get-AzOpenAIModel swedencentral)
        Region = @(Get-AzOpenAIRegion gpt-5-mini)
        Usage = @(Get-AzOpenAIUsage swedencentral -Model gpt-5-mini)
        Check = Test-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard -Capacity 5000
        Access = Grant-AzOpenAIAccess contoso Contributor -CurrentUser
        Tool = New-AzOpenAITool Get-AzOpenAIModel -Parameter Location -AllowUnattended
        ToolRun = ($key | Invoke-AzOpenAIChat '[[tool:tell]]' -Tool (New-AzOpenAITool -ScriptBlock { 'told' } -Name tell -Description 'Tells.' -AllowUnattended)).ToolRuns[0]
        Deleted = New-AzOpenAIResource rg ghost swedencentral -Tag @{ team = 'a' } | Remove-AzOpenAIResource -Force -PassThru | ForEach-Object { Get-AzOpenAIDeletedResource $_.Name }
    }
    $outputs.RotatedKey = $rotated
    $outputs.Conversation = New-AzOpenAIConversation talk -MaxTokens 4000
    $null = Invoke-AzOpenAIChat 'Hello view' -Conversation talk -Connection $key
    $chat = $key | Invoke-AzOpenAIChat 'Hello view'
    $streamed = $key | Invoke-AzOpenAIChat 'Hello view' -Stream 6>$null
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'The table view' {
    BeforeDiscovery {
        $tables = @(
            @{ Name = 'Context'; Shown = 'Emulator' }
            @{ Name = 'Emulator'; Shown = '127.0.0.1' }
            @{ Name = 'Resource'; Shown = 'contoso', 'rg', 'swedencentral', 'OpenAI', 'Succeeded' }
            @{ Name = 'Blocklist'; Shown = 'rivals', 'contoso', 'rg', 'Names of competitors' }
            @{ Name = 'BlocklistItem'; Shown = 'term-', 'rivals', 'False', 'Fabrikam' }
            @{ Name = 'ContentFilter'; Shown = 'strict', 'Low', 'Annotate', 'Medium/High' }
            @{ Name = 'Conversation'; Shown = 'talk', '1/10', '/4000', 'You said: Hello view' }
            @{ Name = 'Deployment'; Shown = 'chat', 'gpt-5-mini', 'GlobalStandard', '10,000', '79', 'contoso' }
            @{ Name = 'Key'; Shown = 'contoso', 'chat', 'ApiKey' }
            @{ Name = 'Rotation'; Shown = 'contoso', 'Key2', 'Key1', 'yes' }
            @{ Name = 'RotatedKey'; Shown = 'contoso', 'Key2', 'Key1', 'yes' }
            @{ Name = 'Model'; Shown = 'gpt-5-mini', '2025-08-07', 'GlobalStandard' }
            @{ Name = 'Region'; Shown = 'swedencentral', 'DataZoneStandard' }
            @{ Name = 'Usage'; Shown = 'OpenAI.GlobalStandard.gpt-5-mini', 'swedencentral', '1,000', '990' }
            @{ Name = 'Check'; Shown = 'gpt-5-mini', 'QuotaExceeded', '5000', '990' }
            @{ Name = 'Access'; Shown = 'contoso', 'OpenAI Contributor', 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb', 'False' }
            @{ Name = 'Tool'; Shown = 'Get-AzOpenAIModel', 'Location', 'Gets the models', 'True' }
            @{ Name = 'ToolRun'; Shown = 'tell', 'Completed', 'told' }
            @{ Name = 'Deleted'; Shown = 'ghost', 'rg', 'swedencentral', '2.0' }
        )
    }

    It 'of <Name> is a table of <Width> columns that shows <Shown>' -ForEach @(foreach ($case in $tables) { foreach ($width in 79, 80, 120) { $case + @{ Width = $width } } }) {
        $text = $outputs[$Name] | Out-String -Width $Width
        $lines = $text -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $Width
        $lines | Where-Object { $_ -match '^-+( +-+)+ *$' } | Should -Not -BeNullOrEmpty -Because 'it is a table'
        foreach ($word in $Shown) { $text | Should -Match ([regex]::Escape($word)) }
        $header = $lines | Where-Object { $_.Trim() } | Select-Object -First 1
        $header | Should -Not -Match '\.\.\.|…' -Because 'no column head is cut'
    }

    It 'writes yes, no and unknown for regions' {
        $outputs.Region | Out-String -Width 120 | Should -Match 'swedencentral +yes'
    }

    It 'gives no error for an object whose optional properties are empty' {
        $global:Error.Clear()
        $null = $outputs.Values | ForEach-Object { $_ | Out-String; $_ | Format-List | Out-String }
        $null = [AzOpenAI.RegionAvailability] | Out-String
        $global:Error.Count | Should -Be 0
    }
}

Describe 'The list view' {
    It 'of <_> shows more than the table and no type names of collections' -ForEach 'Context', 'Emulator', 'Resource', 'Blocklist', 'BlocklistItem', 'ContentFilter', 'Deployment', 'Key', 'Rotation', 'RotatedKey', 'Model', 'Region', 'Usage', 'Check', 'Access', 'Tool', 'ToolRun', 'Deleted' {
        $value = @($outputs[$_])[0]
        $list = $value | Format-List | Out-String -Width 160
        $list | Should -Match ' : '
        $list | Should -Not -Match 'System\.Collections|IReadOnly|\[\]'
    }

    It 'Format-List * shows all properties of <_>' -ForEach 'Context', 'Emulator', 'Resource', 'Blocklist', 'BlocklistItem', 'ContentFilter', 'Deployment', 'Key', 'Rotation', 'RotatedKey', 'Model', 'Region', 'Usage', 'Check', 'Access', 'Tool', 'ToolRun', 'Deleted' {
        $value = @($outputs[$_])[0]
        $list = $value | Format-List * | Out-String -Width 4096
        foreach ($property in $value.GetType().GetProperties()) { $list | Should -Match "(?m)^$($property.Name) +:" }
    }
}

Describe 'Output for programs' {
    It 'ConvertTo-Json of <_> is JSON without warning or error' -ForEach 'Context', 'Emulator', 'Resource', 'Blocklist', 'BlocklistItem', 'ContentFilter', 'Deployment', 'Rotation', 'Model', 'Region', 'Usage', 'Check', 'Access', 'Tool', 'ToolRun', 'Deleted' {
        $value = @($outputs[$_])[0]
        $json = $value | ConvertTo-Json -Depth 8 -WarningVariable warnings -ErrorAction Stop
        $warnings | Should -BeNullOrEmpty
        { $json | ConvertFrom-Json } | Should -Not -Throw
    }

    It 'keeps its properties in Select-Object, Group-Object and Export-Csv' {
        ($outputs.Deployment | Select-Object Name, Sku).Sku | Should -Be 'GlobalStandard'
        ($outputs.Model | Group-Object LifecycleStatus).Count | Should -BeGreaterThan 1
        ($outputs.Resource | ConvertTo-Csv | ConvertFrom-Csv).Location | Should -Be 'swedencentral'
    }

    It 'resolves the public types' {
        [AzOpenAI.ChatCompletion].FullName | Should -Be 'AzOpenAI.ChatCompletion'
        [AzOpenAI.Deployment].Assembly.GetName().Name | Should -Be 'AzOpenAI.Abstractions'
    }
}

Describe 'A chat answer' {
    It 'prints the text and a footer' {
        $lines = @(($chat | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        ($lines[0..($lines.Count - 2)] -join "`n").Trim() | Should -Be $chat.Content.Trim()
        $lines[-1] | Should -Match '^\[gpt-5-mini.*, stop, \d+ \+ \d+ tokens, \d+[.,]\d+ s\]$'
    }

    It 'tells in the footer how many tools ran' {
        $tool = New-AzOpenAITool -ScriptBlock { 'told' } -Name tell -Description 'Tells.' -AllowUnattended
        $key | Invoke-AzOpenAIChat '[[tool:tell]] [[tool:tell]]' -Tool $tool | Out-String -Width 120 | Should -Match '\[gpt-5-mini.*, stop, \d+ \+ \d+ tokens, 2 tool calls, \d+[.,]\d+ s\]'
    }

    It 'is written to a file by -Stream without the footer' {
        $file = Join-Path $TestDrive 'answer.txt'
        $key | Invoke-AzOpenAIChat 'Hello view' -Stream 6>$null | Set-Content $file
        (Get-Content $file -Raw).Trim() | Should -BeExactly $chat.Content
    }

    It 'prints only the footer when it was streamed' {
        $text = ($streamed | Out-String -Width 120).Trim()
        $text | Should -Match '^\[gpt-5-mini.*\]$'
        $text | Should -Not -Match 'Hello view'
    }

    It 'is its text in a string' {
        "$chat" | Should -Be $chat.Content
        "> $chat <" | Should -Be "> $($chat.Content) <"
        "$streamed" | Should -Be $streamed.Content
    }

    It 'shows all with Format-List *' {
        $list = $chat | Format-List * | Out-String -Width 4096
        foreach ($name in 'Content', 'FinishReason', 'Usage', 'RequestId', 'Raw') { $list | Should -Match "(?m)^$name +:" }
    }

    It 'can be put into a table and a list of its own' {
        $table = $chat, $streamed | Format-Table FinishReason, Model | Out-String -Width 120
        @($table -split '\r?\n' -match '^stop +gpt-5-mini').Count | Should -Be 2
        $chat | Format-List | Out-String -Width 120 | Should -Match '(?m)^Content +: '
    }

    It 'still tells its text behind a table in one output' {
        & { $emulator; $chat } | Out-String -Width 120 | Should -Match ([regex]::Escape($chat.Content))
    }

    It 'prints a long text in full, line for line' {
        $text = (@([AzOpenAI.ChatCompletion]@{ Choices = [AzOpenAI.ChatChoice[]]@([AzOpenAI.ChatChoice]@{ Content = "first`n" + ('word ' * 200) + "`nlast" }) }) | Out-String -Width 120)
        $text | Should -Match 'first'
        $text | Should -Match 'last'
        ([regex]::Matches($text, 'word')).Count | Should -Be 200
    }
}

# What a model or the service says never steers the terminal: what the host shows is cleaned, objects keep the text as it came.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module "$PSScriptRoot/../samples.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $public = Get-PublicType | ForEach-Object { @{ Name = $_.Name; Type = $_ } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module "$PSScriptRoot/../samples.psm1" -Force
    Import-Module "$PSScriptRoot/../PromptHost.psm1" -Force
    Import-Module "$PSScriptRoot/../terminal.psm1" -Force
    $emulator = Connect-TestEmulator
    $resource = New-TestResource $emulator contoso -Deployment chat
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $e = [char]27
    # Conceals what follows, sets the title, writes the clipboard, clears the screen, reverses the writing, overwrites the line; with a C1 control, BEL, BS, DEL, BOM, tags.
    $evil = "before$e[8m$e]0;title$([char]7)$e]52;c;Y2xpcA==$e\$e[2J$([char]0x202e)gpj$([char]0x202c)one`rtwo$([char]0x9b)31m$([char]8)$([char]127)$([char]0xfeff)$([char]::ConvertFromUtf32(0xE0041))x$([char]::ConvertFromUtf32(0xE0101))$([char]0x200b)$([char]0x2028)$([char]0x2060)$([char]0xfff9)after"
    $harmless = "Familie: $([char]::ConvertFromUtf32(0x1f468))$([char]0x200d)$([char]::ConvertFromUtf32(0x1f469)) $([char]0x05e9)$([char]0x05dc)$([char]0x200f)`tzwei`nZeilen"

    function Add-Answer([string] $Text, [hashtable] $More = @{}) { $null = Invoke-EmulatorControl $emulator answers -Method POST -Body (@{ text = $Text } + $More) }

    # Nothing that steers a terminal; colours that the shell itself puts around its headers are its own.
    function Assert-Clean([string] $Text) {
        $own = $Text -replace "$e\[[0-9;]*m(?=[A-Z\-: \r\n]|$e|$)", ''
        $own | Should -Not -Match "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40"
        $own | Should -Not -Match '\r(?!\n)'
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'The text of a model' {
    AfterEach { $null = Invoke-EmulatorControl $emulator answers -Method DELETE }

    It 'is cleaned by -Stream, and the object keeps it' {
        Add-Answer "$evil $harmless"
        $answer = Invoke-AzOpenAIChat Hello -Connection $key -Stream -InformationVariable shown 6>$null
        $text = -join $shown.MessageData.Message
        Assert-Clean $text
        $text | Should -Match 'before.*after'
        $text | Should -Match ([regex]::Escape($harmless))
        $answer.Content | Should -BeExactly "$evil $harmless"
        Assert-Clean ($answer | Out-String)
    }

    It 'is cleaned where a sequence comes in many chunks, byte by byte' {
        $id = 'chatcmpl-1'
        $chunk = { param($Delta, $Finish) @{ id = $id; object = 'chat.completion.chunk'; created = 1; model = 'gpt-5-mini'; choices = @(@{ index = 0; delta = $Delta; finish_reason = $Finish }) } }
        $signs = @($evil.EnumerateRunes() | ForEach-Object { "$_" })
        $events = @(& $chunk @{ role = 'assistant'; content = '' } $null) + @($signs | ForEach-Object { & $chunk @{ content = $_ } $null }) + @(& $chunk @{} 'stop')
        $null = Invoke-EmulatorControl $emulator answers -Method POST -Body @{ events = $events }
        $answer = Invoke-AzOpenAIChat Hello -Connection $key -Stream -InformationVariable shown 6>$null
        $answer.Content | Should -BeExactly $evil
        Assert-Clean (-join $shown.MessageData.Message)
        -join $shown.MessageData.Message | Should -BeExactly ([AzOpenAI.ConsoleText]::Clean($evil))
    }

    It 'is as it came with -StreamText' {
        Add-Answer $evil
        -join (Invoke-AzOpenAIChat Hello -Connection $key -StreamText) | Should -BeExactly $evil
    }

    It 'is cleaned in the view and in the list of an answer' {
        Add-Answer $evil
        $answer = Invoke-AzOpenAIChat Hello -Connection $key
        $answer.Content | Should -BeExactly $evil
        "$answer" | Should -BeExactly $evil
        foreach ($text in ($answer | Out-String), ($answer | Format-List | Out-String), ($answer.Choices | Out-String)) {
            Assert-Clean $text
            $text | Should -Match 'before.*after'
        }
    }

    It 'is cleaned in the view of a refusal, of several choices and of tool calls' {
        $null = Invoke-EmulatorControl $emulator answers -Method POST -Body @{ refusal = $evil }
        Assert-Clean (Invoke-AzOpenAIChat Hello -Connection $key | Out-String)
        $null = Invoke-EmulatorControl $emulator answers -Method POST -Body @{ choices = @($evil, $evil) }
        Assert-Clean (Invoke-AzOpenAIChat Hello -Connection $key -ChoiceCount 2 | Out-String)
        $null = Invoke-EmulatorControl $emulator answers -Method POST -Body @{ toolCalls = @(@{ name = 'tell'; arguments = $evil }) }
        $tool = New-AzOpenAITool -ScriptBlock { 'told' } -Name tell -Description 'Tells.'
        $answer = Invoke-AzOpenAIChat Hello -Connection $key -Tool $tool -MaxRounds 0
        $answer.ToolCalls[0].Arguments | Should -BeExactly $evil
        Assert-Clean ($answer | Out-String)
        Assert-Clean ($answer.ToolCalls | Out-String)
        Assert-Clean ($answer.ToolCalls | Format-List | Out-String)
    }

    It 'is cleaned in a conversation and in its messages' {
        Add-Answer $evil
        $conversation = New-AzOpenAIConversation
        $null = Invoke-AzOpenAIChat $evil -Conversation $conversation -Connection $key
        foreach ($text in ($conversation | Out-String), ($conversation | Format-List | Out-String), ($conversation.Messages | Out-String), ($conversation.Messages | Format-List | Out-String)) { Assert-Clean $text }
        $conversation.Messages[-1].Content | Should -BeExactly $evil
    }

    It 'is cleaned in completions and embeddings' {
        New-TestDeployment $emulator $resource embed -Model text-embedding-3-small
        $embedding = Get-AzOpenAIEmbedding $evil -Connection $key -Deployment embed
        $embedding.Text | Should -BeExactly $evil
        Assert-Clean ($embedding | Out-String)
        Assert-Clean ($embedding | Format-List | Out-String)
        ($embedding | Out-String -Width 300) | Should -Match 'before'
        $completion = [AzOpenAI.TextCompletion]@{ Text = $evil; Model = $evil; FinishReason = $evil }
        Assert-Clean ($completion | Out-String)
        Assert-Clean ($completion | Format-List | Out-String)
    }

    It 'is cleaned in what a tool shows of its arguments' {
        $null = Invoke-EmulatorControl $emulator answers -Method POST -Body @{ toolCalls = @(@{ name = 'tell'; arguments = @{ Text = $evil } }) }
        $tool = New-AzOpenAITool -ScriptBlock { param([string] $Text) Write-Host "host $Text"; Write-Information ([Text.StringBuilder]::new("note $Text")); Write-Warning "warning $Text"; Write-Verbose "verbose $Text" -Verbose; "told $Text" } -Name tell -Description 'Tells.' -AllowUnattended
        $all = Invoke-AzOpenAIChat Hello -Connection $key -Tool $tool -Verbose *>&1
        $lines = @($all | Where-Object { $_ -isnot [AzOpenAI.ChatCompletion] })
        $lines | Should -Not -BeNullOrEmpty
        foreach ($kind in 'host', 'note', 'warning', 'verbose') { "$lines" | Should -Match "$kind before" }
        foreach ($line in $lines) { Assert-Clean "$line" }
        $answer = $all | Where-Object { $_ -is [AzOpenAI.ChatCompletion] }
        $answer.ToolRuns[0].Output | Should -BeExactly "told $evil"
        Assert-Clean ($answer.ToolRuns | Out-String)
        Assert-Clean ($answer.ToolRuns | Format-List | Out-String)
        ($answer.ToolRuns | Out-String -Width 300) | Should -Match 'told before'
    }
}

Describe 'The text of the service' {
    AfterEach { Clear-EmulatorFault $emulator }

    It 'is cleaned in errors of the data plane, and kept beside them' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 400; body = @{ error = @{ code = "bad$e[8m"; message = $evil } }; match = @{ plane = 'data' } }
        $failure = Get-Failure { Invoke-AzOpenAIChat Hello -Connection $key -ErrorAction Stop }
        Assert-Clean $failure.Exception.Message
        Assert-Clean "$failure"
        Assert-Clean ($failure | Out-String)
        "$failure" | Should -Match 'before.*after'
        $failure.Exception.ServiceMessage | Should -BeExactly $evil
        $failure.Exception.ResponseBody | Should -Match 'u001b|\x1b'
    }

    It 'is cleaned in errors of the management plane' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 400; body = @{ error = @{ code = 'BadRequest'; message = $evil } }; match = @{ plane = 'management' } }
        $failure = Get-Failure { Get-AzOpenAIDeployment contoso chat -ErrorAction Stop }
        Assert-Clean "$failure"
        Assert-Clean ($failure | Out-String)
        "$failure" | Should -Match 'before'
    }

    It 'is cleaned in the view of <Type>' -ForEach @(
        @{ Type = 'Resource'; Make = { [AzOpenAI.Resource]@{ Id = $evil; Name = $evil; ResourceGroupName = $evil; SubscriptionId = $evil; Location = $evil; Kind = $evil; ProvisioningState = $evil; Sku = $evil } } }
        @{ Type = 'Deployment'; Make = { [AzOpenAI.Deployment]@{ Id = $evil; Name = $evil; ResourceName = $evil; ResourceGroupName = $evil; SubscriptionId = $evil; ResourceId = $evil; Model = $evil; Version = $evil; Sku = $evil; ContentFilter = $evil; VersionUpgrade = $evil; Format = $evil; Location = $evil; ProvisioningState = $evil } } }
        @{ Type = 'Blocklist'; Make = { [AzOpenAI.Blocklist]@{ Id = $evil; Name = $evil; ResourceName = $evil; ResourceGroupName = $evil; SubscriptionId = $evil; ResourceId = $evil; Description = $evil } } }
        @{ Type = 'BlocklistItem'; Make = { [AzOpenAI.BlocklistItem]@{ Id = $evil; Name = $evil; Pattern = $evil; BlocklistName = $evil; BlocklistId = $evil; ResourceName = $evil; ResourceGroupName = $evil; SubscriptionId = $evil } } }
        @{ Type = 'ServiceResponse'; Make = { [AzOpenAI.ServiceResponse]@{ Content = $evil; RequestId = $evil } } }
        @{ Type = 'ChatMessage'; Make = { [AzOpenAI.ChatMessage]::new('user', $evil) } }
        @{ Type = 'DeploymentProblem'; Make = { [AzOpenAI.DeploymentProblem]::new($evil, $evil, $evil) } }
        @{ Type = 'PropertyDrift'; Make = { [AzOpenAI.PropertyDrift]::new($evil, $evil, $evil) } }
    ) {
        $value = & $Make
        foreach ($text in ($value | Out-String -Width 400), ($value | Format-List | Out-String -Width 400)) {
            Assert-Clean $text
            $text | Should -Match 'before'
        }
    }

    It 'is cleaned in every shape of <Name>, and of its dictionaries' -ForEach $public {
        $global:Error.Clear()
        $value = New-SampleObject $Type -Text { $evil } -Address "https://contoso.example/$([char]0x202e)gpj$([char]0x200b)"
        Assert-Clean ($value | Out-String -Width 400)
        Assert-Clean ($value | Format-Table | Out-String -Width 400)
        Assert-Clean ($value | Format-List | Out-String -Width 400)
        Assert-Clean ($value | Format-Wide | Out-String -Width 400)
        Assert-Clean ($value | Format-Custom | Out-String -Width 400)
        foreach ($property in $Type.GetProperties() | Where-Object { $_.PropertyType -eq [Uri] -or $_.PropertyType.Name -like 'IReadOnlyDictionary*' }) {
            $inner = $property.GetValue($value)
            foreach ($text in ($inner | Out-String), ($inner | Format-Table | Out-String), ($inner | Format-List | Out-String)) { Assert-Clean $text }
        }
        $global:Error | Should -BeNullOrEmpty
    }

    It 'is cleaned in <_> behind an object of another type' -ForEach 'ChatCompletion', 'ChatChoice', 'ChatMessage', 'ToolCall', 'ToolRun', 'TextCompletion', 'TokenLogProb', 'ShownEntry' {
        $value = New-SampleObject ("AzOpenAI.$_" -as [type]) -Text { $evil }
        $text = & { [version] '1.2'; $value } | Out-String -Width 400
        Assert-Clean $text
        $text | Should -Match 'before'
    }

    It 'is cleaned in an exception that is printed' {
        $failure = [AzOpenAI.AzOpenAIException]::new('DeploymentNotFound', 'NotFound', $evil, $null)
        foreach ($name in 'Suggestion', 'ServiceCode', 'ServiceMessage', 'RequestId', 'ResponseBody') { [AzOpenAI.AzOpenAIException].GetProperty($name).SetValue($failure, $evil) }
        foreach ($text in ($failure | Out-String), ($failure | Format-List | Out-String), ($failure | Format-Table | Out-String)) {
            Assert-Clean $text
            $text | Should -Match 'before'
        }
    }

    It 'is shown with a view wherever it is text of a service or a model' {
        # A property of text that a view shows as it is would be printed as it came.
        $files = [IO.Directory]::GetFiles([IO.Path]::Combine((Get-ModulePath), 'module', 'Views'), '*.ps1xml')
        $files.Count | Should -BeGreaterThan 5
        $raw = foreach ($view in $files | ForEach-Object { ([xml] [IO.File]::ReadAllText($_)).Configuration.ViewDefinitions.View }) {
            $named = $view.ViewSelectedBy.SelectSingleNode('TypeName')
            if (-not $named) { continue }
            $type = [type] $named.InnerText
            foreach ($node in $view.SelectNodes('.//PropertyName')) {
                $property = $type.GetProperty($node.InnerText)
                $shown = [Nullable]::GetUnderlyingType($property.PropertyType) ?? $property.PropertyType
                if ($shown -in [string], [object], [Uri] -or $shown.Name -match '^IReadOnly') { "$($type.Name).$($property.Name)" }
            }
        }
        $raw | Should -BeNullOrEmpty
    }
}

Describe 'The question before a tool runs' {
    BeforeAll {
        $setup = "`$tool = New-AzOpenAITool -ScriptBlock { param([string] `$Text, [string] `$More) `$Text } -Name remove_thing -Description 'Removes.'; "
        function Get-Question([hashtable] $Arguments) {
            $null = Invoke-EmulatorControl $emulator answers -Method POST -Body @{ toolCalls = @(@{ name = 'remove_thing'; arguments = $Arguments }) }
            $run = Invoke-WithAnswer ($setup + 'Invoke-AzOpenAIChat Hello -Connection $key -Tool $tool') -Answer No -Variable @{ key = $key } -ModulePath (Get-ModulePath)
            $run.Errors | Should -BeNullOrEmpty
            $run.Questions.Count | Should -Be 1
            $run.Questions[0]
        }
    }

    It 'names the tool last, next to the choices' {
        $question = Get-Question @{ Text = 'a'; More = 'b' }
        ($question -split "`n")[0] | Should -Be 'The model requested a tool call.'
        ($question -split "`n")[-1] | Should -Be 'Run remove_thing (script block) with these 2 arguments?'
    }

    It 'fits on 80 by 24, whatever pads an argument: <Name>' -ForEach @(
        @{ Name = 'blanks'; Text = ' ' * 20000 }, @{ Name = 'line ends'; Text = "`n" * 20000 }, @{ Name = 'overrides'; Text = "$([char]0x202e)" * 5000 }, @{ Name = 'wide signs'; Text = "$([char]0x754c)" * 5000 }
    ) {
        $question = Get-Question @{ Text = "start$Text"; More = "$Text end" }
        $rows = ($question -split "`n" | ForEach-Object { [Math]::Ceiling([Math]::Max(1, ($_ -replace '[^\x00-\xff]', 'xx').Length) / 80) } | Measure-Object -Sum).Sum
        $rows | Should -BeLessOrEqual 18
        $question | Should -Match '\([\d,]+ characters\)'
        $question | Should -Match 'remove_thing \(script block\) with these 2 arguments\?$'
        Assert-Clean $question
    }

    It 'is not hidden in a real terminal, whatever was printed before' -Skip:(-not (Get-Command python3, script -CommandType Application -ErrorAction Ignore)) {
        $null = Invoke-EmulatorControl $emulator answers -Method POST -Body @{ text = "$e[8mhidden"; toolCalls = @(@{ name = 'remove_thing'; arguments = @{ Text = "$e[8m$(' ' * 5000)" } }) }
        $file = [IO.Path]::Combine($TestDrive, 'question.ps1')
        Set-Content $file "Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri $($emulator.Uri)
            `$key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey; $setup
            [Console]::Write([char]27 + '[8m' + [char]27 + '[?25l'); `$answer = Invoke-AzOpenAIChat Hello -Connection `$key -Tool `$tool; 'status ' + `$answer.ToolRuns[0].Status; exit 0"
        $terminal = Start-Terminal $file
        try {
            $null = Wait-Screen $terminal 'Run remove_thing \(script block\) with this argument\?'
            $raw = $terminal.Raw.ToString()
            $at = $raw.IndexOf('The model requested', [StringComparison]::Ordinal)
            # The last thing that conceals is undone before the question, and nothing in the question conceals again.
            $raw.LastIndexOf("$e[0m", $at, [StringComparison]::Ordinal) | Should -BeGreaterThan $raw.LastIndexOf("$e[8m", [StringComparison]::Ordinal)
            $raw.LastIndexOf("$e[?25h", $at, [StringComparison]::Ordinal) | Should -BeGreaterThan $raw.LastIndexOf("$e[?25l", $at, [StringComparison]::Ordinal)
            Send-Key $terminal "n`r"
            $null = Wait-Screen $terminal 'status Declined'
        }
        finally { Stop-Terminal $terminal }
    }

    It 'writes no reset where the output is redirected' {
        $lines = Invoke-FreshShell ("Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri $($emulator.Uri); `$key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey; $setup " +
            "try { (Invoke-AzOpenAIChat '[[tool:remove_thing]]' -Connection `$key -Tool `$tool).ToolRuns.Status } catch { `$_.FullyQualifiedErrorId }")
        $lines -join "`n" | Should -Match 'ToolNeedsApproval|Declined'
        $lines -join "`n" | Should -Not -Match "$e\(B|$e\[\?25h"
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $id = New-TestResource $emulator contoso -Deployment chat
    # The canaries: the resource's real keys, a wrong key, and a token.
    $live = (Invoke-Arm $emulator "$id/listKeys" -Method POST).Body
    $wrongKey = 'c4n4rykey' + [guid]::NewGuid().ToString('N')
    $token = 'eyJhbGciOiJub25lIn0.eyJleHAiOjQ4NzAwMDAwMDAsInRpZCI6ImNhbmFyeSJ9.c4n4rytoken' + [guid]::NewGuid().ToString('N')
    # A list, since keys that are made on the way are canaries, too.
    $canaries = [System.Collections.Generic.List[string]]@($live.key1, $live.key2, $wrongKey, $token, ($token -split '\.')[2])
    function Add-Canary { foreach ($key in (Invoke-Arm $emulator "$id/listKeys" -Method POST).Body.psobject.Properties.Value) { if (-not $canaries.Contains($key)) { $canaries.Add($key) } } }

    function Find-Canary([string] $Text) {
        foreach ($canary in $canaries) { if ($Text.Contains($canary, [StringComparison]::OrdinalIgnoreCase)) { $canary } }
    }

    # All that is reachable by properties to a depth, as text: what a careless script could log.
    function Get-DeepText($Value, [int] $Depth = 5, $Seen = [System.Collections.Generic.HashSet[object]]::new([System.Collections.Generic.ReferenceEqualityComparer]::Instance)) {
        if ($null -eq $Value -or $Depth -lt 0) { return }
        "$Value"
        if ($Value -is [string] -or $Value.GetType().IsPrimitive -or $Value -is [Reflection.MemberInfo] -or $Value -is [Reflection.Assembly]) { return }
        if (-not $Seen.Add($Value)) { return }
        if ($Value -is [System.Collections.IEnumerable]) { foreach ($item in $Value) { Get-DeepText $item ($Depth - 1) $Seen } }
        foreach ($property in ([psobject]$Value).psobject.Properties) {
            $inner = $null
            try { $inner = $property.Value } catch { "$_" }
            Get-DeepText $inner ($Depth - 1) $Seen
        }
    }

    # Runs the whole life with every stream on, and failures of each kind. Whatever a stream carries comes back.
    function Invoke-Everything {
        $common = @{ Verbose = $true; Debug = $true; ErrorAction = 'Continue' }
        Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri @common
        Get-AzOpenAIResource @common
        Get-AzOpenAIDeployment contoso @common
        $key = Get-AzOpenAIKey contoso @common 3>&1 4>&1 5>&1
        $key
        $connection = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
        $connection | Invoke-AzOpenAIChat 'Hello' @common
        $connection | Invoke-AzOpenAIChat 'Hello' -Stream @common
        Invoke-AzOpenAIChat 'Hello' -Endpoint $connection.ClassicEndpoint -Key $wrongKey -Deployment chat @common
        Invoke-AzOpenAIChat 'Hello' -Endpoint $connection.ClassicEndpoint -Key (ConvertTo-SecureString $wrongKey -AsPlainText) -Deployment chat @common
        Invoke-AzOpenAIChat 'Hello' -Connection $connection -Deployment nobody -MaxWaitSeconds 1 @common
        Invoke-AzOpenAIChat 'Hello' -Key $wrongKey @common
        Invoke-AzOpenAIChat 'Hello' -Endpoint http://127.0.0.1:9/ -Key $wrongKey -Deployment chat -MaxWaitSeconds 1 @common
        Invoke-AzOpenAIChat 'Hello' -Endpoint http://example.com -Key $wrongKey -Deployment chat @common
        $connection | Invoke-AzOpenAIChat @common
        Connect-AzOpenAI -AccessToken $token -ManagementEndpoint $emulator.Uri @common
        Connect-AzOpenAI -AccessToken (ConvertTo-SecureString $token -AsPlainText) -ManagementEndpoint $emulator.Uri @common
        New-AzOpenAIKey contoso Key1 -Force @common
        Add-Canary
        Get-AzOpenAIKey contoso | New-AzOpenAIKey -KeyName Key2 -Force @common
        Add-Canary
        Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { $_ } @common
        Add-Canary
        Update-AzOpenAIKey contoso -KeyInUse Key1 -Both -GracePeriod 0 -Force @common -Sink { Add-Canary; $script:handed = $_; $_ }
        $handed
        $handed | Update-AzOpenAIKey -Force -Sink { Add-Canary; throw "The vault refused $_" } @common
        (Get-AzOpenAIKey contoso).Connection | Update-AzOpenAIKey -KeyInUse Key2 -Force -Sink { } @common
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ keyDelaySeconds = 3600 }
        Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -MaxWaitSeconds 1 -Sink { } @common
        Add-Canary
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ keyDelaySeconds = 0 }
        foreach ($kind in 'drop', 'truncate', 'garbage') {
            Add-EmulatorFault $emulator @{ kind = $kind; match = @{ path = '/regenerateKey' } }
            New-AzOpenAIKey contoso Key2 -Force @common
            Clear-EmulatorFault $emulator
            Add-Canary
        }
        foreach ($format in 'Env', 'Dotenv', 'Json', 'PowerShell', 'Python', 'GitHubActions', 'AzurePipelines') {
            Get-AzOpenAIKey contoso | Export-AzOpenAIConfiguration -Format $format @common
            # The mask that a runner of GitHub Actions needs is the one exception: it is asked for, goes to the host, and about_AzOpenAI_Security tells.
            if ($format -eq 'GitHubActions') { continue }
            $connection | Export-AzOpenAIConfiguration -Format $format -IncludeKey -Path ([IO.Path]::Combine($TestDrive, 'missing', 'x')) @common
        }
        Get-AzOpenAIKey contoso | Export-AzOpenAIConfiguration -Format Env -IncludeKey -Path ([IO.Path]::Combine($TestDrive, 'included.env')) @common
        New-AzOpenAIDeployment contoso no-such-model @common
        Remove-AzOpenAIDeployment "$id/deployments/nobody" -Force @common
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'A key and a token' {
    It 'are in no stream, no transcript and no error' {
        $Error.Clear()
        $global:Error.Clear()
        $DebugPreference = 'Continue'
        $log = [IO.Path]::Combine($TestDrive, 'transcript.txt')
        $null = Start-Transcript $log
        try { $everything = Invoke-Everything *>&1 } finally { $null = Stop-Transcript }
        @($everything | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -BeGreaterOrEqual 8
        @($everything | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Count | Should -BeGreaterThan 0
        Find-Canary ($everything | Out-String -Width 4096) | Should -BeNullOrEmpty
        Find-Canary ($everything | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { Get-DeepText $_ } else { "$_" } } | Out-String -Width 4096) | Should -BeNullOrEmpty
        Find-Canary ([IO.File]::ReadAllText($log)) | Should -BeNullOrEmpty
    }

    It 'are nowhere in $Error, five properties deep' {
        $global:Error.Clear()
        $null = Invoke-Everything *>&1
        $failures = @($global:Error)
        $failures.Count | Should -BeGreaterOrEqual 8
        foreach ($failure in $failures) {
            # The line that a user typed is the user's own: the invocation is left out, all else is ours.
            $ours = @(Get-DeepText $failure.Exception; Get-DeepText $failure.TargetObject; Get-DeepText $failure.CategoryInfo; Get-DeepText $failure.ErrorDetails; Get-DeepText $failure.Exception.Data)
            Find-Canary ($ours -join "`n") | Should -BeNullOrEmpty -Because "$failure"
        }
    }

    It 'are in no log of the emulator' {
        $null = Invoke-Everything *>&1
        $log = Get-EmulatorRequest $emulator | ConvertTo-Json -Depth 10
        $log.Length | Should -BeGreaterThan 1000
        Find-Canary $log | Should -BeNullOrEmpty
    }
}

Describe 'Output' {
    BeforeAll {
        $connection = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
        $outputs = @{
            Context = Get-AzOpenAIContext
            Key = $connection
            Connection = $connection.Connection
            Resource = Get-AzOpenAIResource contoso
            Deployment = Get-AzOpenAIDeployment contoso chat
            Chat = $connection | Invoke-AzOpenAIChat 'Hello'
        }
    }

    It 'shows no secret as <_>' -ForEach 'Context', 'Key', 'Connection', 'Resource', 'Deployment', 'Chat' {
        $value = $outputs[$_]
        $value | Should -Not -BeNullOrEmpty
        Find-Canary ($value | Out-String -Width 4096) | Should -BeNullOrEmpty
        Find-Canary ($value | Format-List * | Out-String -Width 4096) | Should -BeNullOrEmpty
        Find-Canary ($value | Format-Table * | Out-String -Width 4096) | Should -BeNullOrEmpty
        Find-Canary ($value | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue) | Should -BeNullOrEmpty
        Find-Canary ($value | ConvertTo-Csv | Out-String -Width 4096) | Should -BeNullOrEmpty
        Find-Canary "$value" | Should -BeNullOrEmpty
        Find-Canary ((Get-DeepText $value) -join "`n") | Should -BeNullOrEmpty
    }

    It 'shows no token of the context' {
        $context = Get-AzOpenAIContext
        $text = @($context | Format-List * | Out-String -Width 4096; $context | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue) -join "`n"
        $text | Should -Not -Match 'Bearer'
        $context.TokenSource.psobject.Properties.Name | Should -Be 'Source'
    }
}

Describe 'A key' {
    It 'goes to the endpoint of its own resource only' {
        $second = Start-AzOpenAIEmulator
        try {
            $null = New-TestResource $second fabrikam -Deployment chat
            $connection = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
            $env:AZURE_OPENAI_ENDPOINT = "$($second.Uri)fabrikam/"
            $env:AZURE_OPENAI_API_KEY = $wrongKey
            try { $answer = $connection | Invoke-AzOpenAIChat 'Hello' }
            finally { Remove-Item Env:/AZURE_OPENAI_ENDPOINT, Env:/AZURE_OPENAI_API_KEY }
            $answer.Content | Should -Not -BeNullOrEmpty
            Get-EmulatorRequest $second | Where-Object plane -EQ data | Should -BeNullOrEmpty
        }
        finally { $second | Stop-AzOpenAIEmulator }
    }

    It 'does not follow a redirect to another host' {
        $second = Start-AzOpenAIEmulator
        try {
            $connection = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
            Add-EmulatorFault $emulator @{ kind = 'redirect'; headers = @{ Location = "$($second.Uri)contoso/openai/v1/chat/completions" }; match = @{ plane = 'data' } }
            try { $failure = Get-Failure { $connection | Invoke-AzOpenAIChat 'Hello' -MaxWaitSeconds 2 -ErrorAction Stop } }
            finally { Clear-EmulatorFault $emulator }
            $failure.FullyQualifiedErrorId | Should -Be 'RedirectRefused,AzOpenAI.Commands.InvokeAzOpenAIChatCommand'
            Get-EmulatorRequest $second | Where-Object plane -EQ data | Should -BeNullOrEmpty
        }
        finally { $second | Stop-AzOpenAIEmulator }
    }
}

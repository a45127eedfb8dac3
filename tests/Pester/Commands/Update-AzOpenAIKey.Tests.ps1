BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $null = New-TestResource $emulator keyless -Property @{ disableLocalAuth = $true }
    $null = New-TestResource $emulator walled -Property @{ publicNetworkAccess = 'Disabled' }
    $class = 'AzOpenAI.Commands.UpdateAzOpenAIKeyCommand'

    function Show-Secret([securestring] $Secret) { [Net.NetworkCredential]::new('', $Secret).Password }
    function Get-RealKey([string] $Id = $contosoId) { (Invoke-Arm $emulator "$Id/listKeys" -Method POST).Body }
    function Get-DataStatus([string] $Key) {
        $null = Invoke-RestMethod "$($emulator.Uri)contoso/openai/v1/models" -Headers @{ 'api-key' = $Key } -NoProxy -SkipHttpErrorCheck -StatusCodeVariable status
        $status
    }
    function Set-KeyDelay([int] $Seconds) { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ keyDelaySeconds = $Seconds } }
    function Set-KeyDirectly([string] $Name) { $null = Invoke-Arm $emulator "$contosoId/regenerateKey" -Method POST -Body @{ keyName = $Name } }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Update-AzOpenAIKey' {
    BeforeEach {
        $before = Get-RealKey
        $script:handed = [System.Collections.Generic.List[object]]::new()
        Clear-EmulatorWrite $emulator
    }

    It 'leaves <InUse> alone, and regenerates, tries and hands over <Spare>' -ForEach @{ InUse = 'Key1'; Spare = 'Key2' }, @{ InUse = 'Key2'; Spare = 'Key1' } {
        $rotation = Update-AzOpenAIKey contoso -KeyInUse $InUse -Force -Sink { $handed.Add($_) }
        $rotation | Should -BeOfType ([AzOpenAI.KeyRotation])
        $rotation.RegeneratedKey | Should -Be $Spare
        $rotation.UnchangedKey | Should -Be $InUse
        $rotation.Verified | Should -BeTrue
        $now = Get-RealKey
        $now.$InUse | Should -Be $before.$InUse
        $now.$Spare | Should -Not -Be $before.$Spare
        $handed.Count | Should -Be 1
        $handed[0] | Should -BeOfType ([AzOpenAI.RotatedKey])
        $handed[0].Key | Should -BeOfType ([securestring])
        Show-Secret $handed[0].Key | Should -Be $now.$Spare
        "$($handed[0].Endpoint)" | Should -BeLike '*/contoso/openai/v1/'
        Get-DataStatus $before.$Spare | Should -Be 401
        @(Get-EmulatorWrite $emulator).Count | Should -Be 1
    }

    It 'tries the keys with requests that bill no tokens' {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $null = Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { }
        $calls = @(Get-EmulatorRequest $emulator | Where-Object plane -EQ data)
        $calls.Count | Should -Be 2
        $calls.method | Should -Be 'GET', 'GET'
        $calls.path | Should -BeLike '*/models*'
    }

    It 'gives the sink the key as $_ and as its first argument, with the piped deployment, as a connection' {
        $null = Get-AzOpenAIDeployment contoso chat | Update-AzOpenAIKey -KeyInUse Key1 -Force -Sink {
            param($NewKey)
            $handed.Add([object]::ReferenceEquals($NewKey, $_))
            $handed.Add(($NewKey | Invoke-AzOpenAIChat 'Hello').Content)
        }
        $handed | Should -Be $true, 'You said: Hello'
    }

    It 'sees the variables and functions of the script that gave the sink' {
        $local = 'here'
        function Add-Local($Text) { $handed.Add("$Text $local") }
        $null = Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { Add-Local $_.KeyName }
        $handed | Should -Be 'Key2 here'
    }

    It 'knows the key in use from a piped connection, with and without its resource id' {
        $connection = (Get-AzOpenAIKey contoso).Connection
        ($connection | Update-AzOpenAIKey -Force -Sink { $handed.Add($_) }).RegeneratedKey | Should -Be 'Key2'
        # What was handed over is a connection, too, now in use.
        ($handed[0] | Update-AzOpenAIKey -Force -Sink { }).RegeneratedKey | Should -Be 'Key1'
        $now = Get-RealKey
        $typed = [AzOpenAI.Connection]@{
            Endpoint = [uri]"$($emulator.Uri)contoso/"; Kind = 'AzureV1'; Authentication = 'ApiKey'; Key = ConvertTo-SecureString $now.key2 -AsPlainText
        }
        ($typed | Update-AzOpenAIKey -Force -Sink { }).UnchangedKey | Should -Be 'Key2'
        (Get-RealKey).key2 | Should -Be $now.key2
    }

    It 'emits nothing of the sink' {
        @(Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { 'noise'; 1..3 }).Count | Should -Be 1
    }

    It 'waits for a new key that is not known yet' {
        Set-KeyDelay 1
        try { $rotation = Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { $handed.Add((Get-DataStatus (Show-Secret $_.Key))) } }
        finally { Set-KeyDelay 0 }
        $rotation.Verified | Should -BeTrue
        $handed | Should -Be 200
    }

    It 'takes the old key, too, with -Both, after the grace period given as <_>' -ForEach 1, '1', '00:00:01', ([timespan]::FromSeconds(1)) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $rotations = Update-AzOpenAIKey contoso -KeyInUse Key1 -Both -GracePeriod $_ -Force -WarningVariable warnings -WarningAction SilentlyContinue -Sink {
            $handed.Add("$($_.KeyName) $(Get-DataStatus $before.key1)")
        }
        $rotations.RegeneratedKey | Should -Be 'Key2', 'Key1'
        $handed | Should -Be 'Key2 200', 'Key1 401'
        "$warnings" | Should -Match 'Key1 keeps working and will be regenerated in 1 s'
        $watch.Elapsed.TotalSeconds | Should -BeGreaterOrEqual 1
    }

    It 'keeps the subscription of a piped resource, and leaves its namesake alone' {
        $elsewhere = Get-RealKey $elsewhereId
        $null = Get-AzOpenAIResource contoso -Subscription $other | Update-AzOpenAIKey -KeyInUse Key1 -Force -Sink { }
        (Get-RealKey $elsewhereId).key2 | Should -Not -Be $elsewhere.key2
        (Get-RealKey).key2 | Should -Be $before.key2
    }

    It 'takes group and name, an id, and a row' {
        (Update-AzOpenAIKey -ResourceGroupName rg -ResourceName contoso -KeyInUse Key1 -Force -Sink { }).ResourceId | Should -Be $contosoId
        (Update-AzOpenAIKey $contosoId -KeyInUse Key1 -Force -Sink { }).ResourceId | Should -Be $contosoId
        ([pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; SubscriptionId = $other } | Update-AzOpenAIKey -KeyInUse Key1 -Force -Sink { }).ResourceId | Should -Be $elsewhereId
    }

    It 'writes, hands over and emits nothing under -WhatIf' {
        Update-AzOpenAIKey contoso -KeyInUse Key1 -Both -GracePeriod 3600 -Force -WhatIf -Sink { $handed.Add($_) } | Should -BeNullOrEmpty
        $handed | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'hands over without a try with -NoProbe, where the data plane cannot be asked' {
        $failure = Get-Failure { Update-AzOpenAIKey walled -KeyInUse Key1 -Force -Sink { $handed.Add($_) } -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DataPlaneNotReachable,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        (Update-AzOpenAIKey walled -KeyInUse Key1 -Force -NoProbe -Sink { $handed.Add($_) }).Verified | Should -BeFalse
        $handed.Count | Should -Be 1
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { }).ResourceName | Should -Be 'contoso'
    }
}

Describe 'A sink that fails: <Name>' -ForEach @(
    @{ Name = 'throw'; Sink = { throw "No vault. $([Net.NetworkCredential]::new('', $_.Key).Password)" }; Says = 'No vault' }
    @{ Name = 'error of a cmdlet'; Sink = { Get-Item ([IO.Path]::Combine($TestDrive, 'nowhere')) }; Says = 'nowhere' }
    @{ Name = 'Write-Error in a function of a module'; Sink = { Save-InModule }; Says = 'The module could not store it' }
    @{ Name = 'exit code of a program'; Sink = { $shell = Get-Shell; & $shell.Program $shell.Argument -NoProfile -Command 'exit 3' }; Says = 'exit code: 3' }
    @{ Name = 'a command that is not there'; Sink = { Save-Nowhere $_ }; Says = 'Save-Nowhere' }
) {
    BeforeAll {
        $module = New-Module -Name SinkModule { function Save-InModule { [CmdletBinding()] param() Write-Error 'The module could not store it' } } | Import-Module -PassThru -Global
    }
    AfterAll { $module | Remove-Module }

    It 'is one error that names the new key and the one that works, and ends the rotation' {
        $before = Get-RealKey
        Clear-EmulatorWrite $emulator
        $errors = $null
        $global:Error.Clear()
        Update-AzOpenAIKey contoso -KeyInUse Key1 -Both -GracePeriod 0 -Force -Sink $Sink -ErrorAction SilentlyContinue -ErrorVariable errors | Should -BeNullOrEmpty
        $failure = @($errors | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })[-1]
        $failure.FullyQualifiedErrorId | Should -Be "KeySinkFailed,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $failure.Exception.Message | Should -Match ([regex]::Escape($Says))
        $failure.Exception.Message | Should -Match "Key2 of 'contoso' was regenerated"
        $failure.Exception.Message | Should -Match 'Key1 is unchanged and still works'
        $now = Get-RealKey
        $now.key1 | Should -Be $before.key1
        $now.key2 | Should -Not -Be $before.key2
        "$failure $($failure.Exception)" | Should -Not -Match $now.key2
        ($global:Error | ForEach-Object { "$_ $($_.Exception)" }) -join "`n" | Should -Not -Match "$($now.key2)|Exception calling"
        @(Get-EmulatorWrite $emulator).Count | Should -Be 1
        # Once more, with a sink that works.
        (Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { }).RegeneratedKey | Should -Be 'Key2'
    }
}

Describe 'A sink that only warns' {
    It 'is no failure: a program that writes to its error stream and ends well' {
        (Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { $shell = Get-Shell; & $shell.Program $shell.Argument -NoProfile -Command '[Console]::Error.WriteLine("a remark")' }).Verified | Should -BeTrue
    }

    It 'is no failure: an error that the sink deals with itself' {
        (Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { try { throw 'no' } catch { $null = $_ } }).Verified | Should -BeTrue
    }
}

Describe 'Update-AzOpenAIKey, when something is wrong' {
    It 'takes no default resource, and says so' {
        Set-AzOpenAIContext -Resource $contosoId
        try { $failure = Get-Failure { Update-AzOpenAIKey -KeyInUse Key1 -Sink { } -Confirm:$false -ErrorAction Stop } }
        finally { Set-AzOpenAIContext -Resource $null }
        $failure.FullyQualifiedErrorId | Should -Be 'ResourceNotNamed,AzOpenAI.Commands.UpdateAzOpenAIKeyCommand'
        "$failure" | Should -Match '-Resource'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    BeforeEach {
        $before = Get-RealKey
        $script:handed = [System.Collections.Generic.List[object]]::new()
        Clear-EmulatorWrite $emulator
    }

    It 'changes nothing while nobody says which key is in use' {
        foreach ($source in { 'contoso' }, { Get-AzOpenAIResource contoso }, { Get-AzOpenAIKey contoso }) {
            $failure = Get-Failure { & $source | Update-AzOpenAIKey -Force -Sink { } -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -Be "KeyInUseMissing,$class"
            Find-ErrorDefect $failure | Should -BeNullOrEmpty
        }
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'changes nothing where connection and -KeyInUse differ, or the key is none of the two' {
        $connection = (Get-AzOpenAIKey contoso).Connection
        $failure = Get-Failure { $connection | Update-AzOpenAIKey -KeyInUse Key2 -Force -Sink { } -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "KeyInUseMismatch,$class"
        "$($failure.TargetObject)" | Should -BeLike '*/contoso/'
        Set-KeyDirectly Key1
        Clear-EmulatorWrite $emulator
        $failure = Get-Failure { $connection | Update-AzOpenAIKey -Force -Sink { } -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "KeyInUseUnknown,$class"
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'changes nothing where the key in use does not work' {
        Set-KeyDelay 3600
        Set-KeyDirectly Key1
        Clear-EmulatorWrite $emulator
        try { $failure = Get-Failure { Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -MaxWaitSeconds 1 -Sink { } -ErrorAction Stop } }
        finally { Set-KeyDelay 0; Set-KeyDirectly Key1 }
        $failure.FullyQualifiedErrorId | Should -Be "KeyInUseRefused,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        @(Get-EmulatorWrite $emulator).Count | Should -Be 1 -Because 'only the tidying up has written'
    }

    It 'keeps a key that is not accepted to itself, and says that the old one works' {
        Set-KeyDelay 3600
        try { $failure = Get-Failure { Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -MaxWaitSeconds 1 -Sink { $handed.Add($_) } -ErrorAction Stop } }
        finally { Set-KeyDelay 0 }
        $failure.FullyQualifiedErrorId | Should -Be "KeyNotVerified,$class"
        $failure.Exception.Message | Should -Match "^Key2 of 'contoso' was regenerated"
        $failure.Exception.Message | Should -Match 'Key1 is unchanged and still works'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $handed | Should -BeNullOrEmpty
        Get-DataStatus $before.key1 | Should -Be 200
    }

    It 'explains keys that are switched off' {
        $failure = Get-Failure { Update-AzOpenAIKey keyless -KeyInUse Key1 -Force -Sink { } -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "LocalAuthDisabled,$class"
        $failure.Exception.Suggestion | Should -Match 'Entra ID'
    }

    It 'wants -Both and -GracePeriod together' {
        (Get-Failure { Update-AzOpenAIKey contoso -KeyInUse Key1 -Both -Force -Sink { } -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "GracePeriodMissing,$class"
        (Get-Failure { Update-AzOpenAIKey contoso -KeyInUse Key1 -GracePeriod 5 -Force -Sink { } -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "GracePeriodUnused,$class"
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'refuses a grace period of <_>' -ForEach -1, 'soon', '31.00:00:00', ([timespan]::FromSeconds(-1)) {
        $period = $_
        { Update-AzOpenAIKey contoso -KeyInUse Key1 -Both -GracePeriod $period -Force -Sink { } } | Should -Throw '*seconds*'
    }

    It 'leaves the old key alone where somebody else rotates during the grace period' {
        $failure = Get-Failure { Update-AzOpenAIKey contoso -KeyInUse Key1 -Both -GracePeriod 0 -Force -Sink { Set-KeyDirectly Key2 } -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "KeyChangedMeanwhile,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-DataStatus $before.key1 | Should -Be 200
    }

    It 'leaves the key in use valid when it is run twice at once' {
        $jobs = 1..2 | ForEach-Object { Start-InRunspace $emulator 'Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -NoProbe -Sink { }' }
        foreach ($job in $jobs) { $job.Run = $job.Shell.BeginInvoke() }
        foreach ($job in $jobs) {
            $job.Run.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(60)) | Should -BeTrue
            @($job.Shell.Streams.Error) | Should -BeNullOrEmpty
            $job.Shell.Dispose(); $job.Runspace.Dispose()
        }
        (Get-RealKey).key1 | Should -Be $before.key1
        Get-DataStatus $before.key1 | Should -Be 200
    }

    It 'ends at Ctrl+C in the grace period, with both keys valid and the first result written' {
        $job = Start-InRunspace $emulator 'Update-AzOpenAIKey contoso -KeyInUse Key1 -Both -GracePeriod 3600 -Force -Sink { }'
        $job.Run = $job.Shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $job.Output)
        Wait-Until { $job.Output.Count -eq 1 -and $job.Shell.Streams.Warning.Count -eq 1 } | Should -BeTrue
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $job.Shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne([timespan]::FromSeconds(30)) | Should -BeTrue
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        $job.Output[0].RegeneratedKey | Should -Be 'Key2'
        "$($job.Shell.Streams.Warning)" | Should -Match 'both keys keep working'
        $job.Shell.Dispose(); $job.Runspace.Dispose()
        $now = Get-RealKey
        $now.key1 | Should -Be $before.key1
        Get-DataStatus $now.key1 | Should -Be 200
        Get-DataStatus $now.key2 | Should -Be 200
    }

    It 'ends at Ctrl+C while a request stalls at <_>' -ForEach '/listKeys', '/models', '/regenerateKey' {
        $stop = Measure-Stop $emulator 'Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { }' -Match @{ path = $_ }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
        (Get-RealKey).key1 | Should -Be $before.key1
    }

    It 'lets the script go on after Select-Object -First 1, with the old key valid' {
        @(Update-AzOpenAIKey contoso -KeyInUse Key1 -Both -GracePeriod 3600 -Force -Sink { } -WarningAction Ignore | Select-Object -First 1; 'after')[1] | Should -Be 'after'
        (Get-RealKey).key1 | Should -Be $before.key1
    }
}

# Every way in which a pipeline ends early (docs/architecture.md), in a real shell: with work that obeys its token and with work that does not.
# The probe is a cmdlet on the module's own bridge that does what it is told and notes what happens to it.
BeforeDiscovery {
    $obedience = @{ IgnoreToken = $false; Work = 'work that obeys' }, @{ IgnoreToken = $true; Work = 'work that ignores its token' }
}

BeforeAll {
    $probePath = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'fixtures', 'PumpProbe', 'bin', 'PumpProbe.dll')
    Import-Module $probePath
    Import-Module "$PSScriptRoot/../common.psm1" -Force

    function New-Log { , [Collections.Concurrent.ConcurrentQueue[string]]::new() }

    function Wait-Note {
        param($Log, [string] $Note)
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        while ($Log -notcontains $Note) {
            if ([DateTime]::UtcNow -gt $deadline) { throw "No '$Note' within a minute; the log says: $($Log -join ', ')" }
            Start-Sleep -Milliseconds 10
        }
    }

    # Starts a script in a runspace of its own. $log and $ignore are its arguments.
    function Start-Script {
        param([scriptblock] $Script, $Log, [bool] $IgnoreToken)
        $shell = [PowerShell]::Create([Management.Automation.Runspaces.InitialSessionState]::CreateDefault2())
        $null = $shell.AddScript('param($probePath, $log, $ignore) Import-Module $probePath;' + $Script).AddArgument($probePath).AddArgument($Log).AddArgument($IgnoreToken)
        [pscustomobject]@{ Shell = $shell; Run = $shell.BeginInvoke() }
    }

    # Ctrl+C, which must be through long before work that ignores its token has ended.
    function Stop-Script {
        param($Running)
        $stop = $Running.Shell.BeginStop($null, $null)
        $stop.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(60)) | Should -BeTrue -Because 'a stop must never wait for the work'
        $Running.Shell.EndStop($stop)
        $Running.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $Running.Shell.Dispose()
    }

    function Assert-Noted {
        param($Log, [bool] $IgnoreToken)
        Wait-Note $Log 'cancelled'
        Wait-Note $Log 'disposed'
        if ($IgnoreToken) { $Log | Should -Not -Contain 'ended' } else { Wait-Note $Log 'ended' }
    }
}

Describe 'The pipeline ends before the work: <Work>' -ForEach $obedience {
    BeforeEach { $log = New-Log }

    It 'Select-Object -First 1 takes its object, cancels the work and the script goes on' {
        $result = & {
            Invoke-Probe -Log $log -IgnoreToken:$IgnoreToken | Select-Object -First 1
            'after'
        }
        $result | Should -Be 1, 'after'
        Assert-Noted $log $IgnoreToken
    }

    It '-ErrorAction Stop throws the error itself' {
        $caught = try { Invoke-Probe -Act WriteError -Log $log -IgnoreToken:$IgnoreToken -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -Be 'ProbeFailed,PumpProbe.InvokeProbeCommand'
        Assert-Noted $log $IgnoreToken
    }

    It 'a throw downstream reaches the caller as it is' {
        $caught = try { Invoke-Probe -Log $log -IgnoreToken:$IgnoreToken | ForEach-Object { throw [InvalidOperationException]::new('the user''s') } } catch { $_ }
        $caught.Exception | Should -BeOfType InvalidOperationException
        $caught.Exception.Message | Should -Be "the user's"
        Assert-Noted $log $IgnoreToken
    }

    It 'break downstream leaves the loop around the pipeline, and only that' {
        $result = & {
            foreach ($turn in 1, 2) {
                "turn $turn"
                Invoke-Probe -Log $log -IgnoreToken:$IgnoreToken | ForEach-Object { break }
            }
            'after'
        }
        $result | Should -Be 'turn 1', 'after'
        Assert-Noted $log $IgnoreToken
    }

    It 'continue downstream goes on with the next turn' {
        $result = & {
            foreach ($turn in 1, 2) {
                "turn $turn"
                Invoke-Probe -Log $log -IgnoreToken:$IgnoreToken | ForEach-Object { continue }
                'not reached'
            }
            'after'
        }
        $result | Should -Be 'turn 1', 'turn 2', 'after'
        Assert-Noted $log $IgnoreToken
    }

    It 'Ctrl+C while a write waits for the commands downstream' {
        $running = Start-Script { Invoke-Probe -Log $log -IgnoreToken:$ignore | ForEach-Object { $log.Enqueue('downstream'); Start-Sleep 120 } } $log $IgnoreToken
        Wait-Note $log 'downstream'
        Stop-Script $running
        Assert-Noted $log $IgnoreToken
    }

    It 'Ctrl+C while the cmdlet waits for its work in <_>' -ForEach 'Begin', 'Process', 'End' {
        $running = Start-Script ([scriptblock]::Create("Invoke-Probe -Act Linger -Stage $_ -Log `$log -IgnoreToken:`$ignore")) $log $IgnoreToken
        Wait-Note $log 'started'
        Stop-Script $running
        Assert-Noted $log $IgnoreToken
    }
}

Describe 'The pipeline ends between two records' {
    It 'a throw upstream cancels work that an earlier record left running' {
        $log = New-Log
        $caught = try { & { 1; throw 'upstream' } | Invoke-Probe -Act LeaveRunning -Log $log | Out-Null } catch { $_ }
        $caught.Exception.Message | Should -Be 'upstream'
        Wait-Note $log 'background cancelled'
        $log | Should -Contain 'disposed'
    }

    It 'the end of the pipeline cancels it, too' {
        $log = New-Log
        1, 2 | Invoke-Probe -Act LeaveRunning -Log $log | Should -Be 1, 2
        Wait-Note $log 'background cancelled'
    }
}

Describe 'A shell that gets a real Ctrl+C' {
    # Skipped on Windows, which has no SIGINT to send to a process.
    It 'ends at once and runs finally blocks' -Skip:$IsWindows {
        $script = @"
Import-Module '$probePath'
`$log = [Collections.Concurrent.ConcurrentQueue[string]]::new()
try {
    [Console]::Out.WriteLine('ready')
    Invoke-Probe -Act Linger -Log `$log
    [Console]::Out.WriteLine('not reached')
}
finally {
    while (`$log -notcontains 'ended') { [Threading.Thread]::Sleep(10) }
    [Console]::Out.WriteLine("finally: `$(`$log -join ' ')")
}
"@
        $path = Join-Path $TestDrive 'linger.ps1'
        Set-Content $path $script
        $start = New-ShellStartInfo '-NoProfile', '-NonInteractive', '-File', $path
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        try {
            $process.StandardOutput.ReadLine() | Should -Be 'ready'
            Start-Sleep -Seconds 1
            & kill -INT $process.Id
            $process.WaitForExit(60000) | Should -BeTrue -Because 'Ctrl+C must end the shell'
            $output = $process.StandardOutput.ReadToEnd()
            $output | Should -Match 'finally: started cancelled ended'
            $output | Should -Not -Match 'not reached'
        }
        finally {
            if (-not $process.HasExited) { $process.Kill($true) }
            $process.Dispose()
        }
    }
}

Describe 'Records that fail' {
    It 'a record that fails is an error, and the next ones run' {
        $result = 1, 2, 3 | Invoke-Probe -Act FailOnTwo -ErrorVariable failures -ErrorAction SilentlyContinue
        $result | Should -Be 1, 3
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'ProbeFailed,PumpProbe.InvokeProbeCommand'
        $failures[0].TargetObject | Should -Be 2
    }

    It 'a failure before the first record ends the cmdlet, and the error can be caught' {
        $log = New-Log
        $caught = try { 2 | Invoke-Probe -InputObject 2 -Act FailOnTwo -Stage Begin -Log $log -ErrorAction Continue } catch { $_ }
        $caught | Should -Not -BeNullOrEmpty
        $log | Should -Contain 'disposed'
    }
}

Describe 'Streams' {
    It 'every stream gets its text, and an array its elements' {
        $DebugPreference = 'Continue'
        $all = Invoke-Probe -Act WriteAll -Verbose *>&1
        ($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Message | Should -Be 'verbose'
        ($all | Where-Object { $_ -is [Management.Automation.WarningRecord] }).Message | Should -Be 'warning'
        ($all | Where-Object { $_ -is [Management.Automation.DebugRecord] }).Message | Should -Be 'debug'
        $information = $all | Where-Object { $_ -is [Management.Automation.InformationRecord] }
        "$information" | Should -Be 'host'
        $information.Tags | Should -Contain 'PSHOST'
        @($all | Where-Object { $_ -is [int] }) | Should -Be 1, 1
    }

    It '-WarningAction Stop ends the script with that warning' {
        { Invoke-Probe -Act WriteAll -WarningAction Stop 3>$null } | Should -Throw -ErrorId 'ActionPreferenceStop,PumpProbe.InvokeProbeCommand'
    }

    It 'no progress bar stays behind, whether the record failed or not' {
        $shell = [PowerShell]::Create()
        try {
            $null = $shell.AddScript('param($path) Import-Module $path; 1, 2, 3 | Invoke-Probe -Act Report -ErrorAction SilentlyContinue').AddArgument($probePath).Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -Like 'Record *')
            $records.Activity | Sort-Object -Unique | Should -Be 'Record 1', 'Record 2', 'Record 3'
            foreach ($activity in $records | Group-Object ActivityId) {
                $activity.Group[0].PercentComplete | Should -Be 50
                $activity.Group[-1].RecordType | Should -Be 'Completed'
            }
        }
        finally {
            $shell.Dispose()
        }
    }

    It '-WhatIf writes nothing, -Confirm:$false does not ask' {
        Invoke-Probe -Act Ask -WhatIf | Should -BeNullOrEmpty
        Invoke-Probe -Act Ask -Confirm:$false | Should -Be 1
    }

    It 'a question that nobody can answer is an error of its own, not a hang' {
        $shell = Get-Shell
        $output = "Import-Module '$probePath'; try { Invoke-Probe -Act AskAnyway -ErrorAction Stop } catch { 'caught ' + `$_.Exception.GetType().Name }" |
            & $shell.Program $shell.Argument -NoProfile -NonInteractive -Command - 2>&1
        "$output" | Should -Match 'caught \w+Exception'
    }
}

Describe 'The module''s own cmdlets on a service that does not answer' {
    BeforeAll {
        Import-Module "$PSScriptRoot/../common.psm1" -Force
        $emulator = Connect-TestEmulator
        $null = New-TestResource $emulator contoso -Deployment chat
        $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
        $slow = @{ chunkCount = 400; chunkDelayMs = 50 }
        $defaults = Invoke-EmulatorControl $emulator settings

        function Assert-Dropped {
            Wait-Until { @(Get-DroppedRequest $emulator).Count -gt 0 } | Should -BeTrue -Because 'the request must be given up at the socket'
        }
    }

    BeforeEach { $null = Invoke-EmulatorControl $emulator requests -Method DELETE }

    AfterEach {
        Clear-EmulatorFault $emulator
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ chunkCount = $defaults.chunkCount; chunkDelayMs = $defaults.chunkDelayMs }
    }

    AfterAll { Stop-AzOpenAIEmulator }

    It 'Ctrl+C reaches the socket: <_>' -ForEach @(
        'Get-AzOpenAIResource'
        'Get-AzOpenAIModel swedencentral'
        'Get-AzOpenAIDeployment contoso'
        'New-AzOpenAIDeployment contoso -Model gpt-5-mini -Name another'
        'Invoke-AzOpenAIChat Hello -Connection $key'
        'Invoke-AzOpenAIChat Hello -Connection $key -Stream'
        'Invoke-AzOpenAICompletion Hello -Connection $key'
        'Invoke-AzOpenAICompletion Hello -Connection $key -StreamText'
        'Get-AzOpenAIEmbedding Hello -Connection $key'
        'Invoke-AzOpenAIRequest models -Connection $key'
        'Invoke-AzOpenAIRequest "/subscriptions/{subscriptionId}/resourceGroups"'
    ) {
        $stop = Measure-Stop $emulator $_ -Variable @{ key = $key }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Dropped | Should -BeTrue
        $stop.Errors | Should -BeNullOrEmpty -Because 'the user asked for the stop'
    }

    It 'Select-Object -First 1 takes the first piece of an answer and drops the rest' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body $slow
        $result = & {
            Invoke-AzOpenAIChat 'Hello' -Connection $key -StreamText | Select-Object -First 1
            'after'
        }
        $result | Should -HaveCount 2
        $result[-1] | Should -Be 'after'
        Assert-Dropped
    }

    It 'a throw downstream drops it, too, and reaches the caller as it is' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body $slow
        { Invoke-AzOpenAIChat 'Hello' -Connection $key -StreamText | ForEach-Object { throw 'the user''s' } } | Should -Throw "the user's"
        Assert-Dropped
    }

    It 'what is stopped leaves the session usable' {
        $stop = Measure-Stop $emulator 'Invoke-AzOpenAIChat Hello -Connection $key' -Variable @{ key = $key } -Match @{ plane = 'data' }
        $stop.Stopped | Should -BeTrue
        (Invoke-AzOpenAIChat 'Hello' -Connection $key).FinishReason | Should -Be 'stop'
    }

    # Skipped on Windows, which has no SIGINT to send to a process.
    It 'a real Ctrl+C ends a shell whose chat waits' -Skip:$IsWindows {
        Add-EmulatorStall $emulator @{ plane = 'data' }
        $process = Start-FreshShell @"
Import-Module '$(Get-ModulePath)'
`$null = Connect-AzOpenAI -Emulator -EmulatorUri '$($emulator.Uri)'
`$key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
try { Invoke-AzOpenAIChat 'Hello' -Connection `$key; 'not reached' } finally { [Console]::Out.WriteLine('finally') }
"@
        try {
            Wait-Until { @(Get-StalledRequest $emulator).Count -gt 0 } | Should -BeTrue
            & kill -INT $process.Id
            $process.WaitForExit(60000) | Should -BeTrue -Because 'Ctrl+C must end the shell'
            $output = $process.StandardOutput.ReadToEnd().Trim() -split '\r?\n'
            $output[-1] | Should -Be 'finally'
            $output | Should -Not -Contain 'not reached'
            Assert-Dropped
        }
        finally {
            if (-not $process.HasExited) { $process.Kill($true) }
            $process.Dispose()
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $module = Get-ModulePath
    Import-Module $module -Global
    $class = 'AzOpenAI.Commands.StopAzOpenAIEmulatorCommand'
    function Test-Ended($Emulator) { Wait-Until { -not (Test-ProcessRuns $Emulator.ProcessId) } -Seconds 10 }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Stop-AzOpenAIEmulator' {
    It 'ends the emulator that is piped in, and emits nothing' {
        $emulator = Start-AzOpenAIEmulator
        $emulator | Stop-AzOpenAIEmulator | Should -BeNullOrEmpty
        Test-Ended $emulator | Should -BeTrue
    }

    It 'ends the emulator that is given, by object and by process id' {
        $first = Start-AzOpenAIEmulator
        $second = Start-AzOpenAIEmulator
        Stop-AzOpenAIEmulator -Emulator $first
        Test-Ended $first | Should -BeTrue
        Test-ProcessRuns $second.ProcessId | Should -BeTrue
        Stop-AzOpenAIEmulator -ProcessId $second.ProcessId
        Test-Ended $second | Should -BeTrue
    }

    It 'ends all that this shell started without a parameter, and is no error when there is none' {
        $first = Start-AzOpenAIEmulator
        $second = Start-AzOpenAIEmulator
        Stop-AzOpenAIEmulator -ErrorAction Stop
        Test-Ended $first | Should -BeTrue
        Test-Ended $second | Should -BeTrue
        { Stop-AzOpenAIEmulator -ErrorAction Stop } | Should -Not -Throw
    }

    It 'returns the object with -PassThru' {
        $emulator = Start-AzOpenAIEmulator
        ($emulator | Stop-AzOpenAIEmulator -PassThru).ProcessId | Should -Be $emulator.ProcessId
    }

    It 'needs no answer with -Confirm:$false' {
        $emulator = Start-AzOpenAIEmulator
        $emulator | Stop-AzOpenAIEmulator -Confirm:$false
        Test-Ended $emulator | Should -BeTrue
    }

    It 'ends nothing and emits nothing under -WhatIf <Extra>' -ForEach @(@{ Extra = @{} }, @{ Extra = @{ PassThru = $true; Confirm = $false } }) {
        $emulator = Start-AzOpenAIEmulator
        $emulator | Stop-AzOpenAIEmulator -WhatIf @Extra | Should -BeNullOrEmpty
        Stop-AzOpenAIEmulator -WhatIf @Extra | Should -BeNullOrEmpty
        Test-ProcessRuns $emulator.ProcessId | Should -BeTrue
        $emulator | Stop-AzOpenAIEmulator
    }

    It 'ends nothing when the pipeline delivered nothing' {
        $emulator = Start-AzOpenAIEmulator
        @() | Stop-AzOpenAIEmulator
        Test-ProcessRuns $emulator.ProcessId | Should -BeTrue
        $emulator | Stop-AzOpenAIEmulator
    }

    It 'ends an emulator that stalls a request' {
        $emulator = Start-AzOpenAIEmulator
        Add-EmulatorStall $emulator
        $client = [Net.Http.HttpClient]::new()
        $null = $client.GetAsync([Uri]::new($emulator.Uri, 'subscriptions?api-version=2022-12-01'))
        Wait-Until { @(Get-StalledRequest $emulator).Count -gt 0 } | Should -BeTrue
        $emulator | Stop-AzOpenAIEmulator
        Test-Ended $emulator | Should -BeTrue
        $client.Dispose()
    }

    It 'ends one that another runspace started' {
        $job = Start-InRunspace ([pscustomobject]@{ Uri = '' }) 'Start-AzOpenAIEmulator' -NoConnect
        $emulator = $job.Shell.Invoke()[0]
        $job.Shell.Dispose(); $job.Runspace.Dispose()
        $emulator | Stop-AzOpenAIEmulator
        Test-Ended $emulator | Should -BeTrue
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        { Start-AzOpenAIEmulator | Stop-AzOpenAIEmulator } | Should -Not -Throw
    }
}

Describe 'Stop-AzOpenAIEmulator, when something is wrong' {
    It 'never ends a process that is no emulator of this shell' {
        $failure = Get-Failure { Stop-AzOpenAIEmulator -ProcessId $PID -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "EmulatorNotFound,$class"
        $failure.TargetObject | Should -Be $PID
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that the emulator has ended already, and goes on with the others' {
        $gone = Start-AzOpenAIEmulator
        [Diagnostics.Process]::GetProcessById($gone.ProcessId).Kill()
        Test-Ended $gone | Should -BeTrue
        $live = Start-AzOpenAIEmulator
        $errors = $null
        $gone, $live | Stop-AzOpenAIEmulator -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be "EmulatorNotFound,$class"
        $errors[0].TargetObject | Should -Be $gone
        Test-Ended $live | Should -BeTrue
    }
}

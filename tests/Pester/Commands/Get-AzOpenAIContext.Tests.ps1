BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $class = 'AzOpenAI.Commands.GetAzOpenAIContextCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIContext' {
    It 'gives what the session works with' {
        $context = Get-AzOpenAIContext
        $context | Should -BeOfType ([AzOpenAI.Context])
        $context.SubscriptionId | Should -Be $emulator.SubscriptionId
        $context.CredentialSource | Should -Be 'Emulator'
        "$context" | Should -Be $context.SubscriptionName
    }

    It 'asks no service' {
        $before = @(Get-EmulatorRequest $emulator).Count
        $null = Get-AzOpenAIContext
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
    }

    It 'gives a context that works in parallel runspaces' {
        $context = Get-AzOpenAIContext
        $module = Get-ModulePath
        $null = New-TestResource $emulator contoso
        $names = 1..3 | ForEach-Object -Parallel { Import-Module $using:module; (Get-AzOpenAIResource -Context $using:context).Name }
        $names | Should -Be 'contoso', 'contoso', 'contoso'
    }

    It 'says what to do when there is none' {
        $job = Start-InRunspace $emulator 'Get-AzOpenAIContext' -NoConnect
        $null = $job.Shell.Invoke()
        $failure = @($job.Shell.Streams.Error)[0]
        $failure.FullyQualifiedErrorId | Should -Be "NotConnected,$class"
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$failure" | Should -Match 'Connect-AzOpenAI'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $job.Shell.Dispose(); $job.Runspace.Dispose()
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Get-AzOpenAIContext).SubscriptionId | Should -Be $emulator.SubscriptionId
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Disconnect-AzOpenAI' {
    It 'forgets the context and emits nothing' {
        Get-AzOpenAIContext | Should -Not -BeNullOrEmpty
        Disconnect-AzOpenAI | Should -BeNullOrEmpty
        (Get-Failure { Get-AzOpenAIContext -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be 'NotConnected,AzOpenAI.Commands.GetAzOpenAIContextCommand'
    }

    It 'is no error a second time' {
        { Disconnect-AzOpenAI -ErrorAction Stop; Disconnect-AzOpenAI -ErrorAction Stop } | Should -Not -Throw
    }

    It 'leaves other runspaces connected' {
        $null = Connect-AzOpenAI -Emulator
        $job = Start-InRunspace $emulator '(Get-AzOpenAIContext).SubscriptionId'
        Disconnect-AzOpenAI
        $job.Shell.Invoke() | Should -Be $emulator.SubscriptionId
        $job.Shell.Dispose(); $job.Runspace.Dispose()
    }

    It 'leaves a context that was kept usable' {
        $context = Connect-AzOpenAI -Emulator
        Disconnect-AzOpenAI
        { Get-AzOpenAIResource -Context $context -ErrorAction Stop } | Should -Not -Throw
    }

    It 'makes Tab offer nothing more' {
        $null = Connect-AzOpenAI -Emulator
        Get-Completion 'Get-AzOpenAIModel -Location swe' | Should -Be 'swedencentral'
        Disconnect-AzOpenAI
        Get-Completion 'Get-AzOpenAIModel -Location swe' | Should -Not -Contain 'swedencentral'
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        { Disconnect-AzOpenAI } | Should -Not -Throw
    }
}

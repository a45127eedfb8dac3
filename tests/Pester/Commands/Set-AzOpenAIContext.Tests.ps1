BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = Get-OtherSubscription $emulator
    $class = 'AzOpenAI.Commands.SetAzOpenAIContextCommand'
    $id = New-TestResource $emulator contoso -Deployment gpt-5-mini
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Set-AzOpenAIContext' {
    It 'takes the default deployment away with its resource' {
        $another = New-TestResource $emulator another
        $null = Set-AzOpenAIContext -Resource contoso -Deployment gpt-5-mini
        (Set-AzOpenAIContext -Resource contoso).DefaultDeployment | Should -Be 'gpt-5-mini' -Because 'it is the same resource'
        (Set-AzOpenAIContext -Resource $another).DefaultDeployment | Should -BeNullOrEmpty
        (Set-AzOpenAIContext -Resource contoso -Deployment gpt-5-mini).DefaultDeployment | Should -Be 'gpt-5-mini'
        (Set-AzOpenAIContext -Resource $null).DefaultDeployment | Should -BeNullOrEmpty
    }

    BeforeEach { $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri }
    AfterEach { Disconnect-AzOpenAI }

    It 'changes the subscription, by name and by id' {
        (Set-AzOpenAIContext $other.displayName).SubscriptionId | Should -Be $other.subscriptionId
        (Set-AzOpenAIContext -Subscription $emulator.SubscriptionId).SubscriptionId | Should -Be $emulator.SubscriptionId
        (Get-AzOpenAIContext).SubscriptionId | Should -Be $emulator.SubscriptionId
    }

    It 'takes the default resource where none is named, and says so' {
        (Set-AzOpenAIContext -Resource contoso).DefaultResourceId | Should -Be $id
        $said = Get-AzOpenAIKey -Verbose 4>&1
        $said.Where({ $_ -is [System.Management.Automation.VerboseRecord] }).Message -join ' ' | Should -Match 'contoso'
        $said.Where({ $_ -is [AzOpenAI.ResourceKey] }).ResourceName | Should -Be 'contoso'
    }

    It 'takes the default resource of a context that is passed' {
        $context = Set-AzOpenAIContext -Resource contoso
        $null = Set-AzOpenAIContext -Resource $null
        (Get-AzOpenAIKey -Context $context).ResourceName | Should -Be 'contoso'
        $failure = Get-Failure { Get-AzOpenAIKey -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Match '^ResourceMissing'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'never takes null in a pipeline for the default resource' {
        $null = Set-AzOpenAIContext -Resource contoso
        { $null | Get-AzOpenAIKey -ErrorAction Stop } | Should -Throw
        @() | Get-AzOpenAIKey | Should -BeNullOrEmpty
    }

    It 'does not take the default of another subscription' {
        $null = Set-AzOpenAIContext -Resource contoso -Deployment gpt-5-mini
        (Get-Failure { Get-AzOpenAIKey -Subscription $other.subscriptionId -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^ResourceMissing'
        $context = Set-AzOpenAIContext -Subscription $other.subscriptionId
        $context.DefaultResourceId, $context.DefaultDeployment | Should -Be $null, $null
    }

    It 'takes the default deployment and connection' {
        $null = Set-AzOpenAIContext -Connection (Get-AzOpenAIKey -Resource contoso) -Deployment gpt-5-mini
        (Invoke-AzOpenAIChat hi).Content | Should -Not -BeNullOrEmpty
        $null = Set-AzOpenAIContext -Deployment $null
        (Get-Failure { Invoke-AzOpenAIChat hi -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^DeploymentMissing'
        $null = Set-AzOpenAIContext -Connection $null
        (Get-Failure { Invoke-AzOpenAIChat hi -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^ConnectionMissing'
    }

    It 'brings the session into parallel runspaces and jobs' {
        $module = Get-ModulePath
        $context = Set-AzOpenAIContext -Resource contoso -Connection (Get-AzOpenAIKey -Resource contoso) -Deployment gpt-5-mini
        $answers = 1..2 | ForEach-Object -Parallel {
            Import-Module $using:module
            $null = Set-AzOpenAIContext -InputObject $using:context
            "$((Invoke-AzOpenAIChat hi).FinishReason) $((Get-AzOpenAIKey).ResourceName)"
        }
        $answers | Should -Be 'stop contoso', 'stop contoso'
        $job = Start-ThreadJob { Import-Module $using:module; $using:context | Set-AzOpenAIContext }
        ($job | Receive-Job -Wait -AutoRemoveJob).DefaultResourceId | Should -Be $id
    }

    It 'keeps connections over a new connect, and forgets them at disconnect' {
        $null = New-AzOpenAIConnection mine contoso.openai.azure.com -Key x -Default
        $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri
        (Get-AzOpenAIContext).DefaultConnection.Name | Should -Be 'mine'
        Disconnect-AzOpenAI
        Get-AzOpenAIConnection | Should -BeNullOrEmpty
    }

    It 'changes nothing under -WhatIf, nor when one thing is not found' {
        Set-AzOpenAIContext -Subscription $other.subscriptionId -Deployment x -WhatIf | Should -BeNullOrEmpty
        $failure = Get-Failure { Set-AzOpenAIContext -Subscription $other.subscriptionId -Resource nobody -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $context = Get-AzOpenAIContext
        $context.SubscriptionId, $context.DefaultDeployment | Should -Be $emulator.SubscriptionId, $null
    }

    It 'says what to do when there is none' {
        Disconnect-AzOpenAI
        $failure = Get-Failure { Set-AzOpenAIContext -Deployment x -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "NotConnected,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'ends at Ctrl+C while the service stalls' {
        $stop = Measure-Stop $emulator 'Set-AzOpenAIContext -Resource contoso'
        $stop.Reached, $stop.Stopped, $stop.Dropped | Should -Be $true, $true, $true
    }
}

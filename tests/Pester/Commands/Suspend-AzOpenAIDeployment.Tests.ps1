BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere -Deployment chat
    $id = "$contosoId/deployments/chat"
    $class = 'AzOpenAI.Commands.SuspendAzOpenAIDeploymentCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Suspend-AzOpenAIDeployment' {
    BeforeEach {
        $null = Get-AzOpenAIDeployment $contosoId chat | Resume-AzOpenAIDeployment
        $null = Get-AzOpenAIDeployment $elsewhereId chat | Resume-AzOpenAIDeployment
        Clear-EmulatorWrite $emulator
    }

    It 'pauses, and says so' {
        $object = Suspend-AzOpenAIDeployment $id
        $object | Should -BeOfType ([AzOpenAI.Deployment])
        $object.State | Should -Be 'Paused'
        $object.Changed | Should -BeTrue
        "$($object.Drift)" | Should -Be 'State: Running -> Paused'
        (Get-AzOpenAIDeployment $id).State | Should -Be 'Paused'
    }

    It 'makes calls fail with an error that says how to end it' {
        $key = Get-AzOpenAIDeployment $id | Get-AzOpenAIKey
        $null = Suspend-AzOpenAIDeployment $id
        $failure = Get-Failure { $key | Invoke-AzOpenAIChat 'Hello' -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'DeploymentPaused,*'
        "$failure" | Should -Match 'Resume-AzOpenAIDeployment'
    }

    It 'writes once for twice' {
        $null = Suspend-AzOpenAIDeployment $id
        $second = Suspend-AzOpenAIDeployment $id
        $second.Changed | Should -BeFalse
        $second.State | Should -Be 'Paused'
        @(Get-EmulatorWrite $emulator).Count | Should -Be 1
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        Suspend-AzOpenAIDeployment $id -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        (Get-AzOpenAIDeployment $id).State | Should -Be 'Running'
    }

    It 'takes a resource and a name, group and names, and the object' {
        (Suspend-AzOpenAIDeployment -Resource contoso -Name chat).Changed | Should -BeTrue
        (Suspend-AzOpenAIDeployment -ResourceGroupName rg -ResourceName contoso -Name chat).Changed | Should -BeFalse
        (Get-AzOpenAIDeployment contoso chat | Suspend-AzOpenAIDeployment).Changed | Should -BeFalse
    }

    It 'keeps the subscription of a piped deployment, and leaves its namesake alone' {
        (Get-AzOpenAIDeployment $elsewhereId chat | Suspend-AzOpenAIDeployment).SubscriptionId | Should -Be $other
        (Get-AzOpenAIDeployment $id).State | Should -Be 'Running'
    }

    It 'waits out another operation on the resource' {
        Add-EmulatorFault $emulator @{ kind = 'conflict'; count = 1; match = @{ path = '/pause' } }
        try { (Suspend-AzOpenAIDeployment $id).State | Should -Be 'Paused' }
        finally { Clear-EmulatorFault $emulator }
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Suspend-AzOpenAIDeployment $id).State | Should -Be 'Paused'
    }
}

Describe 'Suspend-AzOpenAIDeployment, when something is wrong' {
    BeforeEach {
        $null = Get-AzOpenAIDeployment $contosoId chat | Resume-AzOpenAIDeployment
        Clear-EmulatorWrite $emulator
    }

    It 'says that the SKU cannot be paused, before it writes' {
        New-TestDeployment $emulator $contosoId reserved -Sku GlobalProvisionedManaged -Capacity 15
        Clear-EmulatorWrite $emulator
        $failure = Get-Failure { Suspend-AzOpenAIDeployment "$contosoId/deployments/reserved" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotPausable,$class"
        "$failure" | Should -Match 'GlobalStandard'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'says that there is no such deployment' {
        $failure = Get-Failure { Suspend-AzOpenAIDeployment "$contosoId/deployments/nobody" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotFound,$class"
        $failure.TargetObject | Should -Be "$contosoId/deployments/nobody"
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator 'deployments/pause/action$'
        try { $failure = Get-Failure { Suspend-AzOpenAIDeployment $id -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Suspend-AzOpenAIDeployment '$id'" -Match @{ path = '/pause' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere -Deployment chat
    $id = "$contosoId/deployments/chat"
    $class = 'AzOpenAI.Commands.ResumeAzOpenAIDeploymentCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Resume-AzOpenAIDeployment' {
    BeforeEach {
        $null = Get-AzOpenAIDeployment $contosoId chat | Suspend-AzOpenAIDeployment
        $null = Get-AzOpenAIDeployment $elsewhereId chat | Suspend-AzOpenAIDeployment
        Clear-EmulatorWrite $emulator
    }

    It 'resumes, and says so' {
        $object = Resume-AzOpenAIDeployment $id
        $object | Should -BeOfType ([AzOpenAI.Deployment])
        $object.State | Should -Be 'Running'
        $object.Changed | Should -BeTrue
        "$($object.Drift)" | Should -Be 'State: Paused -> Running'
        (Get-AzOpenAIDeployment $id).State | Should -Be 'Running'
    }

    It 'lets calls through again' {
        $key = Get-AzOpenAIDeployment $id | Get-AzOpenAIKey
        $null = Resume-AzOpenAIDeployment $id
        "$(($key | Invoke-AzOpenAIChat 'Hello' -ErrorAction Stop).Content)" | Should -Not -BeNullOrEmpty
    }

    It 'writes once for twice' {
        $null = Resume-AzOpenAIDeployment $id
        $second = Resume-AzOpenAIDeployment $id
        $second.Changed | Should -BeFalse
        $second.State | Should -Be 'Running'
        @(Get-EmulatorWrite $emulator).Count | Should -Be 1
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        Resume-AzOpenAIDeployment $id -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        (Get-AzOpenAIDeployment $id).State | Should -Be 'Paused'
    }

    It 'takes a resource and a name, group and names, and the object' {
        (Resume-AzOpenAIDeployment -Resource contoso -Name chat).Changed | Should -BeTrue
        (Resume-AzOpenAIDeployment -ResourceGroupName rg -ResourceName contoso -Name chat).Changed | Should -BeFalse
        (Get-AzOpenAIDeployment contoso chat | Resume-AzOpenAIDeployment).Changed | Should -BeFalse
    }

    It 'keeps the subscription of a piped deployment, and leaves its namesake alone' {
        (Get-AzOpenAIDeployment $elsewhereId chat | Resume-AzOpenAIDeployment).SubscriptionId | Should -Be $other
        (Get-AzOpenAIDeployment $id).State | Should -Be 'Paused'
    }

    It 'waits out another operation on the resource' {
        Add-EmulatorFault $emulator @{ kind = 'conflict'; count = 1; match = @{ path = '/resume' } }
        try { (Resume-AzOpenAIDeployment $id).State | Should -Be 'Running' }
        finally { Clear-EmulatorFault $emulator }
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Resume-AzOpenAIDeployment $id).State | Should -Be 'Running'
    }
}

Describe 'Resume-AzOpenAIDeployment, when something is wrong' {
    BeforeEach {
        $null = Get-AzOpenAIDeployment $contosoId chat | Suspend-AzOpenAIDeployment
        Clear-EmulatorWrite $emulator
    }

    It 'says that the SKU cannot be paused, before it writes' {
        New-TestDeployment $emulator $contosoId reserved -Sku GlobalProvisionedManaged -Capacity 15
        Clear-EmulatorWrite $emulator
        $failure = Get-Failure { Resume-AzOpenAIDeployment "$contosoId/deployments/reserved" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotPausable,$class"
        "$failure" | Should -Match 'GlobalStandard'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'says that there is no such deployment' {
        $failure = Get-Failure { Resume-AzOpenAIDeployment "$contosoId/deployments/nobody" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotFound,$class"
        $failure.TargetObject | Should -Be "$contosoId/deployments/nobody"
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator 'deployments/resume/action$'
        try { $failure = Get-Failure { Resume-AzOpenAIDeployment $id -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Resume-AzOpenAIDeployment '$id'" -Match @{ path = '/resume' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

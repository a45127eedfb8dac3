BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere -Deployment elsewhere
    $id = "$contosoId/deployments/chat"
    $class = 'AzOpenAI.Commands.WaitAzOpenAIDeploymentCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Wait-AzOpenAIDeployment' {
    It 'waits until the deployment is gone' {
        New-TestDeployment $emulator $contosoId going
        Add-EmulatorFault $emulator @{ kind = 'slow-operation'; seconds = 1; count = 1; match = @{ method = 'DELETE' } }
        $null = Invoke-Arm $emulator "$contosoId/deployments/going" -Method DELETE
        Wait-AzOpenAIDeployment "$contosoId/deployments/going" -State Deleted | Should -BeNullOrEmpty
        Test-Exists $emulator "$contosoId/deployments/going" | Should -BeFalse
    }

    It 'returns the deployment in another state, and says where it will never get there' {
        Add-EmulatorFault $emulator @{ kind = 'slow-operation'; seconds = 3; count = 1; match = @{ method = 'PUT'; path = '/deployments/' } }
        $null = New-AzOpenAIDeployment contoso gpt-5-mini -Name coming -Capacity 1 -NoWait
        (Wait-AzOpenAIDeployment "$contosoId/deployments/coming" -State Creating).ProvisioningState | Should -Be 'Creating'
        $null = Wait-AzOpenAIDeployment "$contosoId/deployments/coming"
        $failure = Get-Failure { Wait-AzOpenAIDeployment "$contosoId/deployments/coming" -State Failed -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentStateMissed,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    AfterEach {
        Clear-EmulatorFault $emulator
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ deploymentNotFoundSeconds = 0 }
    }

    It 'returns a deployment that is ready at once' {
        $object = Wait-AzOpenAIDeployment $id
        $object | Should -BeOfType ([AzOpenAI.Deployment])
        $object.ProvisioningState | Should -Be 'Succeeded'
    }

    It 'waits for Azure Resource Manager' {
        Add-EmulatorFault $emulator @{ kind = 'slow-operation'; seconds = 1; count = 1; match = @{ method = 'PUT'; path = '/deployments/' } }
        $started = New-AzOpenAIDeployment contoso gpt-5-mini -Name slow -Capacity 1 -NoWait
        $started.ProvisioningState | Should -Be 'Creating'
        ($started | Wait-AzOpenAIDeployment).ProvisioningState | Should -Be 'Succeeded'
    }

    It 'waits until the data plane knows the deployment' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ deploymentNotFoundSeconds = 1.5 }
        $late = New-AzOpenAIDeployment contoso gpt-5-mini -Name late -Capacity 1 -NoProbe
        $null = $late | Wait-AzOpenAIDeployment
        "$(($late | Get-AzOpenAIKey | Invoke-AzOpenAIChat 'Hello' -ErrorAction Stop).Content)" | Should -Not -BeNullOrEmpty
    }

    It 'asks nothing of the data plane with -NoProbe, and bills no tokens without' {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $null = Wait-AzOpenAIDeployment $id -NoProbe
        Get-EmulatorRequest $emulator | Where-Object plane -EQ data | Should -BeNullOrEmpty
        $null = Wait-AzOpenAIDeployment $id
        Get-EmulatorRequest $emulator | Where-Object { $_.plane -eq 'data' -and $_.status -eq 200 } | Should -BeNullOrEmpty
    }

    It 'takes a resource and a name, group and names, and keeps the subscription of a piped object' {
        (Wait-AzOpenAIDeployment -Resource contoso -Name chat).Id | Should -Be $id
        (Wait-AzOpenAIDeployment -ResourceGroupName rg -ResourceName contoso -Name chat).Id | Should -Be $id
        (Get-AzOpenAIDeployment $elsewhereId elsewhere | Wait-AzOpenAIDeployment).SubscriptionId | Should -Be $other
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Wait-AzOpenAIDeployment $id).Name | Should -Be 'chat'
    }
}

Describe 'Wait-AzOpenAIDeployment, when something is wrong' {
    AfterEach {
        Clear-EmulatorFault $emulator
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ deploymentNotFoundSeconds = 0 }
    }

    It 'says that the data plane does not know it in time' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ deploymentNotFoundSeconds = 600 }
        $never = New-AzOpenAIDeployment contoso gpt-5-mini -Name never -Capacity 1 -NoProbe
        $failure = Get-Failure { $never | Wait-AzOpenAIDeployment -MaxWaitSeconds 2 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotReady,$class"
        $failure.CategoryInfo.Category | Should -Be 'OperationTimeout'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that the operation is not over in time' {
        Add-EmulatorFault $emulator @{ kind = 'slow-operation'; seconds = 600; count = 1; match = @{ method = 'PUT'; path = '/deployments/' } }
        $started = New-AzOpenAIDeployment contoso gpt-5-mini -Name stuck -Capacity 1 -NoWait
        $failure = Get-Failure { $started | Wait-AzOpenAIDeployment -MaxWaitSeconds 2 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "OperationUnfinished,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that there is no such deployment' {
        $failure = Get-Failure { Wait-AzOpenAIDeployment "$contosoId/deployments/nobody" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotFound,$class"
        $failure.TargetObject | Should -Be "$contosoId/deployments/nobody"
    }

    It 'ends at Ctrl+C while the data plane stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Wait-AzOpenAIDeployment '$id'" -Match @{ plane = 'data' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

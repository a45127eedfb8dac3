BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $class = 'AzOpenAI.Commands.WaitAzOpenAIResourceCommand'
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain elsewhere
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Wait-AzOpenAIResource' {
    AfterEach {
        Clear-EmulatorFault $emulator
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ longRunningMs = 50 }
    }

    It 'waits until a new resource is there' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ longRunningMs = 1000 }
        $early = New-AzOpenAIResource rg northwind swedencentral -NoWait
        $early.ProvisioningState | Should -Be 'Creating'
        ($early | Wait-AzOpenAIResource).ProvisioningState | Should -Be 'Succeeded'
    }

    It 'returns at once where the state is reached' {
        (Wait-AzOpenAIResource contoso).Name | Should -Be 'contoso'
    }

    It 'binds <Kind>, and keeps its subscription' -ForEach @(
        @{ Kind = 'a piped resource'; Call = { Get-AzOpenAIResource contoso -Subscription $other | Wait-AzOpenAIResource } }
        @{ Kind = 'an id'; Call = { Wait-AzOpenAIResource $elsewhereId } }
        @{ Kind = 'a row'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; SubscriptionId = $other } | Wait-AzOpenAIResource } }
    ) {
        (& $Call).Id | Should -Be $elsewhereId
    }

    It 'waits until a resource is gone, and returns nothing' {
        $id = New-TestResource $emulator tailspin
        Add-EmulatorFault $emulator @{ kind = 'slow-operation'; seconds = 1; match = @{ method = 'DELETE' } }
        (Invoke-Arm $emulator $id -Method DELETE).Status | Should -Be 202
        Wait-AzOpenAIResource $id -State Deleted | Should -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeFalse
        Wait-AzOpenAIResource tailspin -State Deleted -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'gives up in time and says which state it was in' {
        Add-EmulatorFault $emulator @{ kind = 'slow-operation'; match = @{ method = 'PUT' } }
        $null = New-AzOpenAIResource rg slow swedencentral -NoWait
        $failure = Get-Failure { Wait-AzOpenAIResource slow -MaxWaitSeconds 1 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "OperationUnfinished,$class"
        $failure.Exception.Message | Should -Match 'Creating'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'does not wait for what will not come' {
        Add-EmulatorFault $emulator @{ kind = 'fail-operation'; match = @{ method = 'PUT' } }
        $null = New-AzOpenAIResource rg broken swedencentral -NoWait
        $failure = Get-Failure { Wait-AzOpenAIResource broken -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceStateMissed,$class"
        $failure.Exception.Message | Should -Match 'Failed'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        (Wait-AzOpenAIResource broken -State Failed).Name | Should -Be 'broken'
    }

    It 'says that there is no such resource' {
        $failure = Get-Failure { Wait-AzOpenAIResource contosso -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        $failure.TargetObject | Should -Be 'contosso'
    }

    It 'writes nothing' {
        Clear-EmulatorWrite $emulator
        $null = Wait-AzOpenAIResource contoso
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Wait-AzOpenAIResource '$contosoId'" -Match @{ method = 'GET' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

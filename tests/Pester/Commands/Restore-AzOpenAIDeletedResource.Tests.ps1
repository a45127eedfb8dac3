BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $class = 'AzOpenAI.Commands.RestoreAzOpenAIDeletedResourceCommand'
    $script:number = 0

    function Test-SoftDeleted([string] $Name, [string] $Subscription = $emulator.SubscriptionId) {
        Test-Exists $emulator "/subscriptions/$Subscription/providers/Microsoft.CognitiveServices/locations/swedencentral/resourceGroups/rg/deletedAccounts/$Name"
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Restore-AzOpenAIDeletedResource' {
    BeforeEach {
        $script:number++
        $name = "contoso-$($script:number)"
        $id = New-TestResource $emulator $name -Deployment chat
        $elsewhereId = New-TestResource $emulator $name -Subscription $other -Subdomain "$name-elsewhere"
        $null = Invoke-Arm $emulator $id -Method DELETE
        $null = Invoke-Arm $emulator $elsewhereId -Method DELETE
        Clear-EmulatorWrite $emulator
    }

    It 'brings a resource back with its deployments' {
        $resource = Restore-AzOpenAIDeletedResource $name
        $resource | Should -BeOfType ([AzOpenAI.Resource])
        $resource.ProvisioningState | Should -Be 'Succeeded'
        (Get-AzOpenAIDeployment $resource).Name | Should -Be 'chat'
    }

    It 'undoes a removal in one pipeline' {
        $null = Restore-AzOpenAIDeletedResource $name
        (Remove-AzOpenAIResource $name -Force -PassThru | Restore-AzOpenAIDeletedResource).Name | Should -Be $name
    }

    It 'makes the group again where it is told to' {
        $orphan = New-TestResource $emulator "orphan-$name" -Group "rg-$name"
        $null = Invoke-Arm $emulator $orphan -Method DELETE
        (Invoke-Arm $emulator "subscriptions/$($emulator.SubscriptionId)/resourcegroups/rg-$name" -Method DELETE).Status | Should -Be 202
        $null = Wait-Until { (Invoke-Arm $emulator "subscriptions/$($emulator.SubscriptionId)/resourcegroups/rg-$name").Status -eq 404 }
        (Get-Failure { Restore-AzOpenAIDeletedResource "orphan-$name" -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "ResourceGroupNotFound,$class"
        (Restore-AzOpenAIDeletedResource "orphan-$name" -CreateResourceGroup).Id | Should -Be $orphan
    }

    It 'binds <Kind>, and keeps its subscription' -ForEach @(
        @{ Kind = 'a piped object'; Call = { Get-AzOpenAIDeletedResource $name -Subscription $other | Restore-AzOpenAIDeletedResource } }
        @{ Kind = 'its id'; Call = { Restore-AzOpenAIDeletedResource (Get-AzOpenAIDeletedResource $name -Subscription $other).Id } }
        @{ Kind = 'the id of the resource that it was'; Call = { Restore-AzOpenAIDeletedResource $elsewhereId } }
        @{ Kind = 'a row'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = $name; SubscriptionId = $other } | Restore-AzOpenAIDeletedResource } }
        @{ Kind = 'group and name'; Call = { Restore-AzOpenAIDeletedResource -ResourceGroupName rg -Name $name -Subscription $other } }
        @{ Kind = 'an object of another process'; Call = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AzOpenAIDeletedResource $name -Subscription $other))) | Restore-AzOpenAIDeletedResource } }
    ) {
        $null = & $Call
        Test-SoftDeleted $name $other | Should -BeFalse
        Test-Exists $emulator $elsewhereId | Should -Be $true
        Test-SoftDeleted $name | Should -BeTrue
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        Restore-AzOpenAIDeletedResource $name -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Test-SoftDeleted $name | Should -BeTrue
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        $null = Restore-AzOpenAIDeletedResource $name
        Test-SoftDeleted $name | Should -BeFalse
    }

    It 'waits out another operation on the resource' {
        Add-EmulatorFault $emulator @{ kind = 'conflict'; count = 1; match = @{ method = 'PUT' } }
        try { $verbose = Restore-AzOpenAIDeletedResource $name -Verbose 4>&1 } finally { Clear-EmulatorFault $emulator }
        "$verbose" | Should -Match 'RequestConflict'
        Test-SoftDeleted $name | Should -BeFalse
    }

    It 'says that there is no such deleted resource' {
        $failure = Get-Failure { Restore-AzOpenAIDeletedResource "$name-x" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeletedResourceNotFound,$class"
        $failure.Exception.Message | Should -Match $name
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Restore-AzOpenAIDeletedResource '$name'" -Match @{ method = 'PUT' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $class = 'AzOpenAI.Commands.RemoveAzOpenAIDeletedResourceCommand'
    $script:number = 0

    function Test-SoftDeleted([string] $Name, [string] $Subscription = $emulator.SubscriptionId) {
        Test-Exists $emulator "/subscriptions/$Subscription/providers/Microsoft.CognitiveServices/locations/swedencentral/resourceGroups/rg/deletedAccounts/$Name"
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Remove-AzOpenAIDeletedResource' {
    BeforeEach {
        $script:number++
        $name = "contoso-$($script:number)"
        $id = New-TestResource $emulator $name -Deployment chat
        $elsewhereId = New-TestResource $emulator $name -Subscription $other -Subdomain "$name-elsewhere"
        $null = Invoke-Arm $emulator $id -Method DELETE
        $null = Invoke-Arm $emulator $elsewhereId -Method DELETE
        Clear-EmulatorWrite $emulator
    }

    It 'frees name and subdomain, and emits nothing' {
        Remove-AzOpenAIDeletedResource $name -Force | Should -BeNullOrEmpty
        Test-SoftDeleted $name | Should -BeFalse
        (New-AzOpenAIResource rg $name swedencentral).Name | Should -Be $name
    }

    It 'purges many by a pattern, and returns them with -PassThru' {
        $gone = Get-AzOpenAIDeletedResource "$name*" | Remove-AzOpenAIDeletedResource -Force -PassThru
        $gone.Name | Should -Be $name
        $gone | Should -BeOfType ([AzOpenAI.DeletedResource])
    }

    It 'says at once that a resource is purged already, and does not return it' {
        $stale = Get-AzOpenAIDeletedResource $name
        Remove-AzOpenAIDeletedResource $name -Force
        $gone = $stale | Remove-AzOpenAIDeletedResource -Force -PassThru -ErrorVariable failure -ErrorAction SilentlyContinue
        $gone | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -Be "DeletedResourceNotFound,$class"
    }

    It 'takes the id of a resource in a group that is called like a type' {
        $odd = New-TestResource $emulator "$name-odd" -Group deletedAccounts -Deployment chat
        (Get-AzOpenAIDeployment $odd -Name chat).ResourceGroupName | Should -Be 'deletedAccounts'
        $null = Invoke-Arm $emulator $odd -Method DELETE
        Remove-AzOpenAIDeletedResource $odd -Force
        Get-AzOpenAIDeletedResource "$name-odd" -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'never waits for an answer where nobody can give one' {
        $null = Invoke-FreshShell -ExpectedExitCode 1 "Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri '$($emulator.Uri)'; Remove-AzOpenAIDeletedResource '$name' -ErrorAction Stop"
        Test-SoftDeleted $name | Should -BeTrue
    }

    It 'needs no answer with -Confirm:$false' {
        Remove-AzOpenAIDeletedResource $name -Confirm:$false
        Test-SoftDeleted $name | Should -BeFalse
    }

    It 'binds <Kind>, and keeps its subscription' -ForEach @(
        @{ Kind = 'a piped object'; Call = { Get-AzOpenAIDeletedResource $name -Subscription $other | Remove-AzOpenAIDeletedResource -Force } }
        @{ Kind = 'its id'; Call = { Remove-AzOpenAIDeletedResource -Force (Get-AzOpenAIDeletedResource $name -Subscription $other).Id } }
        @{ Kind = 'the id of the resource that it was'; Call = { Remove-AzOpenAIDeletedResource -Force $elsewhereId } }
        @{ Kind = 'a row'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = $name; SubscriptionId = $other } | Remove-AzOpenAIDeletedResource -Force } }
        @{ Kind = 'group and name'; Call = { Remove-AzOpenAIDeletedResource -Force -ResourceGroupName rg -Name $name -Subscription $other } }
        @{ Kind = 'an object of another process'; Call = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AzOpenAIDeletedResource $name -Subscription $other))) | Remove-AzOpenAIDeletedResource -Force } }
    ) {
        $null = & $Call
        Test-SoftDeleted $name $other | Should -BeFalse
        Test-Exists $emulator $elsewhereId | Should -Be $false
        Test-SoftDeleted $name | Should -BeTrue
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        Remove-AzOpenAIDeletedResource -Force $name -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Test-SoftDeleted $name | Should -BeTrue
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        $null = Remove-AzOpenAIDeletedResource -Force $name
        Test-SoftDeleted $name | Should -BeFalse
    }

    It 'waits out another operation on the resource' {
        Add-EmulatorFault $emulator @{ kind = 'conflict'; count = 1; match = @{ method = 'DELETE' } }
        try { $verbose = Remove-AzOpenAIDeletedResource -Force $name -Verbose 4>&1 } finally { Clear-EmulatorFault $emulator }
        "$verbose" | Should -Match 'RequestConflict'
        Test-SoftDeleted $name | Should -BeFalse
    }

    It 'says that there is no such deleted resource' {
        $failure = Get-Failure { Remove-AzOpenAIDeletedResource -Force "$name-x" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeletedResourceNotFound,$class"
        $failure.Exception.Message | Should -Match $name
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Remove-AzOpenAIDeletedResource -Force '$name'" -Match @{ method = 'DELETE' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

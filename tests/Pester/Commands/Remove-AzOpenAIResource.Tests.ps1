BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $class = 'AzOpenAI.Commands.RemoveAzOpenAIResourceCommand'
    $script:number = 0

    function Test-SoftDeleted([string] $Name, [string] $Subscription = $emulator.SubscriptionId) {
        Test-Exists $emulator "/subscriptions/$Subscription/providers/Microsoft.CognitiveServices/locations/swedencentral/resourceGroups/rg/deletedAccounts/$Name"
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Remove-AzOpenAIResource' {
    BeforeEach {
        $script:number++
        $name = "contoso-$($script:number)"
        $id = New-TestResource $emulator $name -Deployment chat, chat-two
        $elsewhereId = New-TestResource $emulator $name -Subscription $other -Subdomain "$name-elsewhere" -Deployment chat
        Clear-EmulatorWrite $emulator
    }

    It 'removes a piped resource with its deployments, emits nothing and leaves it restorable' {
        Get-AzOpenAIResource $name | Remove-AzOpenAIResource -Force | Should -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeFalse
        Test-SoftDeleted $name | Should -BeTrue
    }

    It 'purges with -Purge' {
        Remove-AzOpenAIResource $id -Purge -Force
        Test-Exists $emulator $id | Should -BeFalse
        Test-SoftDeleted $name | Should -BeFalse
    }

    It 'removes by name alone, and by group and name' {
        Remove-AzOpenAIResource $name -Force
        Test-Exists $emulator $id | Should -BeFalse
        Remove-AzOpenAIResource -ResourceGroupName rg -Name $name -Subscription $other -Force
        Test-Exists $emulator $elsewhereId | Should -BeFalse
    }

    It 'keeps the subscription of a piped resource, and leaves its namesake alone' {
        Get-AzOpenAIResource $name -Subscription $other | Remove-AzOpenAIResource -Force
        Test-Exists $emulator $elsewhereId | Should -BeFalse
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'keeps the subscription of an id, and leaves its namesake alone' {
        Remove-AzOpenAIResource $elsewhereId -Force
        Test-Exists $emulator $elsewhereId | Should -BeFalse
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'binds group, name and subscription by property name' {
        [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = $name; SubscriptionId = $other; Location = 'x'; Sku = 'x' } | Remove-AzOpenAIResource -Force
        Test-Exists $emulator $elsewhereId | Should -BeFalse
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'removes a resource that came out of another process' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AzOpenAIResource $name -Subscription $other)))
        $copy | Remove-AzOpenAIResource -Force
        Test-Exists $emulator $elsewhereId | Should -BeFalse
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'returns the object with -PassThru' {
        $gone = Remove-AzOpenAIResource $id -Force -PassThru
        $gone | Should -BeOfType ([AzOpenAI.Resource])
        $gone.Id | Should -Be $id
    }

    It 'needs no answer with -Confirm:$false' {
        Remove-AzOpenAIResource $id -Confirm:$false
        Test-Exists $emulator $id | Should -BeFalse
    }

    It 'writes nothing and emits nothing under -WhatIf <Extra>' -ForEach @(
        @{ Extra = @{} }
        @{ Extra = @{ Force = $true } }
        @{ Extra = @{ Force = $true; Purge = $true; PassThru = $true } }
        @{ Extra = @{ Confirm = $false } }
    ) {
        Remove-AzOpenAIResource $id -WhatIf @Extra | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'tells under -WhatIf which deployments go along' {
        $log = [IO.Path]::Combine($TestDrive, 'whatif.txt')
        $null = Start-Transcript $log
        try { Remove-AzOpenAIResource $id -Purge -WhatIf } finally { $null = Stop-Transcript }
        $text = [IO.File]::ReadAllText($log)
        $text | Should -Match 'chat-two'
        $text | Should -Match $name
        $text | Should -Match 'Purge'
    }

    It 'never waits for an answer where nobody can give one' {
        $null = Invoke-FreshShell -ExpectedExitCode 1 "Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri '$($emulator.Uri)'; Remove-AzOpenAIResource '$id' -ErrorAction Stop"
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'removes the deployments first, and then the resource' {
        Remove-AzOpenAIResource $id -Purge -Force
        $paths = @(Get-EmulatorWrite $emulator).path -replace '\?.*'
        $paths | Should -HaveCount 4
        $paths[0..1] | ForEach-Object { $_ | Should -Match '/deployments/chat' }
        $paths[2] | Should -Match "/accounts/$name$"
        $paths[3] | Should -Match "/deletedAccounts/$name$"
    }

    It 'waits out another operation on the resource' {
        Add-EmulatorFault $emulator @{ kind = 'conflict'; count = 2; match = @{ method = 'DELETE' } }
        try { $verbose = Remove-AzOpenAIResource $id -Force -Verbose 4>&1 } finally { Clear-EmulatorFault $emulator }
        "$verbose" | Should -Match 'RequestConflict'
        Test-Exists $emulator $id | Should -BeFalse
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        Remove-AzOpenAIResource $id -Force
        Test-Exists $emulator $id | Should -BeFalse
    }
}

Describe 'Remove-AzOpenAIResource, when something is wrong' {
    BeforeEach {
        $script:number++
        $name = "contoso-$($script:number)"
        $id = New-TestResource $emulator $name -Deployment chat
        Clear-EmulatorWrite $emulator
    }

    It 'says that there is no such resource' {
        $failure = Get-Failure { Remove-AzOpenAIResource nobody -Force -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        $failure.TargetObject | Should -Be 'nobody'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'goes on after a name that is not there' {
        $errors = $null
        'nobody', $name | Remove-AzOpenAIResource -Force -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors.Count | Should -Be 1
        $errors[0].TargetObject | Should -Be 'nobody'
        Test-Exists $emulator $id | Should -BeFalse
    }

    It 'names the right that is missing, and leaves the resource' {
        Add-EmulatorDenial $emulator '/delete$'
        try { $failure = Get-Failure { Remove-AzOpenAIResource $name -Force -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
        $failure.Exception.ServiceCode | Should -Be 'AuthorizationFailed'
        $failure.TargetObject | Should -Be $name
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'says what is left when it fails half way' {
        Add-EmulatorFault $emulator @{ kind = 'deny'; match = @{ action = 'accounts/delete$' } }
        try { $failure = Get-Failure { Remove-AzOpenAIResource $name -Force -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.Message | Should -Match "Not removed: the resource '$name'"
        $failure.Exception.Partial | Should -Not -Match 'chat'
        Test-Exists $emulator $id | Should -BeTrue
        Test-Exists $emulator "$id/deployments/chat" | Should -BeFalse
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Remove-AzOpenAIResource '$id' -Force" -Match @{ method = 'DELETE' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $kill = Measure-Kill (Start-AzOpenAIEmulator) "Remove-AzOpenAIResource '$id' -Force -MaxWaitSeconds 3"
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

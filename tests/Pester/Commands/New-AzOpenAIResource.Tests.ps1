BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $null = New-TestResource $emulator seed
    $null = New-TestResource $emulator seed -Subscription $other -Subdomain seed-elsewhere
    $class = 'AzOpenAI.Commands.NewAzOpenAIResourceCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'New-AzOpenAIResource' {
    BeforeEach { Clear-EmulatorWrite $emulator }

    It 'creates a resource and waits until it is there' {
        $resource = New-AzOpenAIResource -ResourceGroupName rg -Name made -Location swedencentral
        $resource | Should -BeOfType ([AzOpenAI.Resource])
        $resource.Name | Should -Be 'made'
        $resource.ProvisioningState | Should -Be 'Succeeded'
        $resource.CustomSubdomain | Should -Be 'made'
        $resource.Kind | Should -Be 'OpenAI'
        $resource.Sku | Should -Be 'S0'
        $account = (Invoke-Arm $emulator (Get-AccountPath $emulator made)).Body
        $account.properties.provisioningState | Should -Be 'Succeeded'
        $account.kind | Should -Be 'OpenAI'
    }

    It 'takes group, name and location by position, and the location in any spelling' {
        (New-AzOpenAIResource rg by-position 'Sweden Central').Location | Should -Be 'swedencentral'
    }

    It 'creates the group where told to' {
        (New-AzOpenAIResource -ResourceGroupName rg-new -Name in-new -Location swedencentral -CreateResourceGroup).ResourceGroupName | Should -Be 'rg-new'
        Test-Exists $emulator "/subscriptions/$($emulator.SubscriptionId)/resourcegroups/rg-new" | Should -BeTrue
    }

    It 'sends what was asked for' {
        $resource = New-AzOpenAIResource rg full swedencentral -Kind AIServices -CustomSubdomain full-sub -Tag @{ team = 'ml'; stage = 'test' } -PublicNetworkAccess Enabled `
            -AllowedIpRange 203.0.113.0/24, 198.51.100.7 -DisableLocalAuth -IdentityType SystemAssigned
        $resource.Kind | Should -Be 'AIServices'
        $resource.LocalAuthDisabled | Should -BeTrue
        $account = (Invoke-Arm $emulator (Get-AccountPath $emulator full)).Body
        $account.tags.team | Should -Be 'ml'
        $account.tags.stage | Should -Be 'test'
        $account.properties.customSubDomainName | Should -Be 'full-sub'
        $account.properties.disableLocalAuth | Should -BeTrue
        $account.properties.networkAcls.defaultAction | Should -Be 'Deny'
        $account.properties.networkAcls.ipRules.value | Sort-Object | Should -Be '198.51.100.7', '203.0.113.0/24'
        $account.identity.type | Should -Be 'SystemAssigned'
    }

    It 'creates in another subscription' {
        $resource = New-AzOpenAIResource rg made-elsewhere swedencentral -Subscription $other
        $resource.SubscriptionId | Should -Be $other
        Test-Exists $emulator (Get-AccountPath $emulator made-elsewhere -Subscription $other) | Should -BeTrue
        Test-Exists $emulator (Get-AccountPath $emulator made-elsewhere) | Should -BeFalse
    }

    It 'binds the group and the subscription by property name, never name or location' {
        $seed = Get-AzOpenAIResource seed -Subscription $other
        $resource = $seed | New-AzOpenAIResource -Name beside-seed -Location eastus2
        $resource.Name | Should -Be 'beside-seed'
        $resource.Location | Should -Be 'eastus2'
        $resource.SubscriptionId | Should -Be $other
        $command = Get-Command New-AzOpenAIResource
        foreach ($name in 'Name', 'Location', 'Kind', 'CustomSubdomain') {
            $command.Parameters[$name].Attributes.Where({ $_ -is [Parameter] }).ValueFromPipelineByPropertyName | Should -Be $false -Because $name
        }
    }

    It 'writes nothing and emits nothing under -WhatIf, also what comes behind it' {
        New-AzOpenAIResource rg-none whatif swedencentral -CreateResourceGroup -WhatIf |
            New-AzOpenAIDeployment -Model gpt-5-mini | Get-AzOpenAIKey | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Test-Exists $emulator (Get-AccountPath $emulator whatif rg-none) | Should -BeFalse
    }

    It 'tells every step under -WhatIf' {
        $log = [IO.Path]::Combine($TestDrive, 'whatif.txt')
        $null = Start-Transcript $log
        try { New-AzOpenAIResource rg-none whatif swedencentral -CreateResourceGroup -WhatIf } finally { $null = Stop-Transcript }
        $text = [IO.File]::ReadAllText($log)
        $text | Should -Match "rg-none"
        $text | Should -Match "'whatif'"
        $text | Should -Match 'swedencentral'
    }

    It 'needs no answer with -Confirm:$false' {
        (New-AzOpenAIResource rg unasked swedencentral -Confirm:$false).Name | Should -Be 'unasked'
    }

    It 'returns before the end with -NoWait' {
        (New-AzOpenAIResource rg early swedencentral -NoWait).Name | Should -Be 'early'
    }

    It 'creates once with -Ensure, and writes nothing the second time' {
        $first = New-AzOpenAIResource rg-ensure ensured swedencentral -CreateResourceGroup -Ensure -Tag @{ a = '1' }
        $first.Changed | Should -BeTrue
        Clear-EmulatorWrite $emulator
        $second = New-AzOpenAIResource rg-ensure ensured swedencentral -CreateResourceGroup -Ensure -Tag @{ a = '1' }
        $second.Changed | Should -BeFalse
        $second.Drift | Should -BeNullOrEmpty
        $second.Id | Should -Be $first.Id
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'takes no parameter that was not given for drift' {
        $null = New-AzOpenAIResource rg tagged swedencentral -Tag @{ keep = 'me' } -DisableLocalAuth
        Clear-EmulatorWrite $emulator
        $same = New-AzOpenAIResource rg tagged swedencentral -Ensure
        $same.Changed | Should -BeFalse
        $same.LocalAuthDisabled | Should -BeTrue
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'brings the drift in line with -Ensure and reports it' {
        $null = New-AzOpenAIResource rg drifted swedencentral -Tag @{ a = '1' }
        $object = New-AzOpenAIResource rg drifted swedencentral -Ensure -DisableLocalAuth
        $object.Changed | Should -BeTrue
        $object.Drift.Property | Should -Contain 'DisableLocalAuth'
        $account = (Invoke-Arm $emulator (Get-AccountPath $emulator drifted)).Body
        $account.properties.disableLocalAuth | Should -BeTrue
        $account.tags.a | Should -Be '1'
    }

    It 'shows the difference only under -Ensure -WhatIf, and returns what needs no change' {
        $null = New-AzOpenAIResource rg drifting swedencentral -Tag @{ team = 'a' }
        Clear-EmulatorWrite $emulator
        (New-AzOpenAIResource rg drifting swedencentral -Tag @{ team = 'a' } -Ensure -WhatIf).Changed | Should -BeFalse
        $log = [IO.Path]::Combine($TestDrive, 'difference.txt')
        $null = Start-Transcript $log
        try { New-AzOpenAIResource rg drifting swedencentral -Tag @{ team = 'b' } -IdentityType SystemAssigned -Ensure -WhatIf | Should -BeNullOrEmpty }
        finally { $null = Stop-Transcript }
        $text = [IO.File]::ReadAllText($log)
        $text | Should -Match 'Tag: team=a -> team=b; IdentityType: None -> SystemAssigned'
        $text | Should -Not -Match 'Create|PublicNetworkAccess'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'takes the kind for drift only where one was given' {
        $null = New-AzOpenAIResource rg foundry swedencentral -Kind AIServices
        $same = New-AzOpenAIResource rg foundry swedencentral -Ensure
        $same.Changed, $same.Kind | Should -Be $false, 'AIServices'
        $failure = Get-Failure { New-AzOpenAIResource rg foundry swedencentral -Kind OpenAI -Ensure -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceFixedProperty,$class"
    }

    It 'does not restore and purge at once' {
        $failure = Get-Failure { New-AzOpenAIResource rg torn swedencentral -RestoreDeleted -PurgeDeleted -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ParameterConflict,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'writes the same tags whatever language the machine speaks' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $made = New-AzOpenAIResource rg german swedencentral -Tag @{ cost = 1.5; due = [datetime] '2026-11-21'; none = $null }
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
        $made.Tags['cost'], $made.Tags['due'], $made.Tags['none'] | Should -Be '1.5', '11/21/2026 00:00:00', ''
    }

    It 'warns with -Ensure before a difference that locks out' {
        $null = New-AzOpenAIResource rg locked swedencentral
        $null = New-AzOpenAIResource rg locked swedencentral -DisableLocalAuth -Ensure -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -Match 'keys'
    }

    It 'makes user-assigned identities, and sees that they are there' {
        $identity = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one'
        $arguments = @{ ResourceGroupName = 'rg'; Name = 'identified'; Location = 'swedencentral'; IdentityType = 'SystemAssigned', 'UserAssigned'; UserAssignedIdentity = $identity; Ensure = $true }
        (New-AzOpenAIResource @arguments).UserAssignedIdentity | Should -Be $identity
        (New-AzOpenAIResource @arguments).Changed | Should -BeFalse
    }

    It 'restores and brings in line in one go, and says both under -WhatIf' {
        $null = New-AzOpenAIResource rg revenant swedencentral -Tag @{ team = 'a' }
        Remove-AzOpenAIResource revenant -Force
        $log = [IO.Path]::Combine($TestDrive, 'restore.txt')
        $null = Start-Transcript $log
        try { New-AzOpenAIResource rg revenant swedencentral -Tag @{ team = 'b' } -RestoreDeleted -WhatIf } finally { $null = Stop-Transcript }
        [IO.File]::ReadAllText($log) | Should -Match '(?s)Restore.*Tag: team=a -> team=b'
        (New-AzOpenAIResource rg revenant swedencentral -Tag @{ team = 'b' } -RestoreDeleted -Ensure).Tags['team'] | Should -Be 'b'
    }

    It 'restores a soft-deleted resource when told to' {
        $old = New-AzOpenAIResource rg phoenix swedencentral -Tag @{ old = 'yes' }
        $old | Remove-AzOpenAIResource -Force
        $back = New-AzOpenAIResource rg phoenix swedencentral -RestoreDeleted
        $back.Tags['old'] | Should -Be 'yes'
    }

    It 'purges a soft-deleted resource first when told to' {
        New-AzOpenAIResource rg ashes swedencentral -Tag @{ old = 'yes' } | Remove-AzOpenAIResource -Force
        (New-AzOpenAIResource rg ashes swedencentral -PurgeDeleted).Tags.Count | Should -Be 0
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (New-AzOpenAIResource rg strict swedencentral).Name | Should -Be 'strict'
    }
}

Describe 'New-AzOpenAIResource, when something is wrong' {
    BeforeEach { Clear-EmulatorWrite $emulator }

    It 'says that the name is taken' {
        $failure = Get-Failure { New-AzOpenAIResource rg seed swedencentral -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceExists,$class"
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        $failure.TargetObject | Should -Be 'seed'
        "$failure" | Should -Match '-Ensure'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'goes on after a bad item' {
        $errors = $null
        $groups = 'rg', 'rg-nowhere', 'rg' | ForEach-Object { [pscustomobject]@{ ResourceGroupName = $_ } }
        $script:names = [System.Collections.Queue]::new(@('item-1', 'item-2', 'item-3'))
        $made = $groups | ForEach-Object { $_ | New-AzOpenAIResource -Name $script:names.Dequeue() -Location swedencentral -ErrorAction SilentlyContinue -ErrorVariable +errors }
        $made.Name | Should -Be 'item-1', 'item-3'
        $errors.Count | Should -Be 1
        $errors[0].TargetObject | Should -Be 'item-2'
    }

    It 'names the right that is missing, and leaves nothing' {
        Add-EmulatorDenial $emulator '^Microsoft.CognitiveServices/accounts/write$'
        try { $failure = Get-Failure { New-AzOpenAIResource rg denied swedencentral -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
        $failure.Exception.ServiceCode | Should -Be 'AuthorizationFailed'
        $failure.Exception.RequestId | Should -Not -BeNullOrEmpty
        "$failure" | Should -Match 'accounts/write'
        Test-Exists $emulator (Get-AccountPath $emulator denied) | Should -BeFalse
    }

    It 'says what it left when a later step fails' {
        Add-EmulatorDenial $emulator '^Microsoft.CognitiveServices/accounts/write$'
        try { $failure = Get-Failure { New-AzOpenAIResource rg-half denied swedencentral -CreateResourceGroup -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $left = Test-Exists $emulator "/subscriptions/$($emulator.SubscriptionId)/resourcegroups/rg-half"
        if ($left) { "$failure" | Should -Match 'rg-half' }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'New-AzOpenAIResource rg stalled swedencentral' -Match @{ method = 'PUT' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $kill = Measure-Kill (Start-AzOpenAIEmulator) 'New-AzOpenAIResource rg killed swedencentral -MaxWaitSeconds 3 -CreateResourceGroup'
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

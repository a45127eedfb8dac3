BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $class = 'AzOpenAI.Commands.SetAzOpenAIResourceCommand'
    $user = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities'
    $script:number = 0
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Set-AzOpenAIResource' {
    BeforeEach {
        $script:number++
        $name = "contoso-$($script:number)"
        $id = New-TestResource $emulator $name
        Clear-EmulatorWrite $emulator
    }

    It 'changes only what was given, and says what was and what is' {
        $null = Set-AzOpenAIResource $name -Tag @{ team = 'a'; cost = '7' }
        $changed = Set-AzOpenAIResource $name -PublicNetworkAccess Disabled -WarningAction SilentlyContinue
        $changed.Changed | Should -BeTrue
        $changed.Drift.Property | Should -Be 'PublicNetworkAccess'
        "$($changed.Drift)" | Should -Be 'PublicNetworkAccess: Enabled -> Disabled'
        $changed.Tags['team'] | Should -Be 'a'
        $changed.ProvisioningState | Should -Be 'Succeeded'
        $properties = (Invoke-Arm $emulator $id).Body.properties
        $properties.publicNetworkAccess | Should -Be 'Disabled'
        $properties.customSubDomainName | Should -Be $name
    }

    It 'writes nothing where nothing differs' {
        $null = Set-AzOpenAIResource $name -Tag @{ team = 'a' } -AllowedIpRange 203.0.113.0/24 -WarningAction SilentlyContinue
        Clear-EmulatorWrite $emulator
        $same = Set-AzOpenAIResource $name -Tag @{ Team = 'a' } -AllowedIpRange 203.0.113.0/24 -DisableLocalAuth:$false -IdentityType None
        $same.Changed | Should -BeFalse
        $same.Drift | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'replaces address rules and opens the network again' {
        (Set-AzOpenAIResource $name -AllowedIpRange 203.0.113.0/24, 198.51.100.7 -WarningAction SilentlyContinue).AllowedIpRange | Should -Be '203.0.113.0/24', '198.51.100.7'
        (Invoke-Arm $emulator $id).Body.properties.networkAcls.defaultAction | Should -Be 'Deny'
        (Set-AzOpenAIResource $name -AllowedIpRange @() -WarningVariable opened -WarningAction SilentlyContinue).AllowedIpRange | Should -BeNullOrEmpty
        "$opened" | Should -Match 'any address'
        (Invoke-Arm $emulator $id).Body.properties.networkAcls.defaultAction | Should -Be 'Allow'
    }

    It 'turns keys off and on' {
        $null = Set-AzOpenAIResource $name -DisableLocalAuth -WarningAction SilentlyContinue
        (Get-AzOpenAIKey $name).Authentication | Should -Be 'EntraId'
        $null = Set-AzOpenAIResource $name -DisableLocalAuth:$false
        (Get-AzOpenAIKey $name).Authentication | Should -Be 'ApiKey'
    }

    It 'gives and takes identities, and keeps what was not named' {
        $system = Set-AzOpenAIResource $name -IdentityType SystemAssigned
        $system.PrincipalId | Should -Match '^[0-9a-f-]{36}$'
        $both = Set-AzOpenAIResource $name -UserAssignedIdentity "$user/one", "$user/two"
        $both.IdentityType | Should -Be 'SystemAssigned, UserAssigned'
        $both.PrincipalId | Should -Be $system.PrincipalId
        $one = Set-AzOpenAIResource $name -UserAssignedIdentity "$user/two"
        $one.UserAssignedIdentity | Should -Be "$user/two"
        (Set-AzOpenAIResource $name -UserAssignedIdentity @()).IdentityType | Should -Be 'SystemAssigned'
        (Set-AzOpenAIResource $name -IdentityType None).IdentityType | Should -Be 'None'
    }

    It 'sets a subdomain once' {
        $plain = "plain-$name"
        $body = @{ location = 'swedencentral'; kind = 'OpenAI'; sku = @{ name = 'S0' }; properties = @{} }
        (Invoke-Arm $emulator (Get-AccountPath $emulator $plain) -Method PUT -Body $body).Status | Should -Be 201
        $null = Wait-AzOpenAIResource $plain
        $changed = Set-AzOpenAIResource $plain -CustomSubdomain $plain -WarningVariable warning -WarningAction SilentlyContinue
        $changed.Endpoint | Should -Match $plain
        "$warning" | Should -Match "can't be changed"
        $failure = Get-Failure { Set-AzOpenAIResource $plain -CustomSubdomain "$plain-2" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceFixedProperty,$class"
    }

    It 'warns before it locks out: <Parameter>' -ForEach @(
        @{ Parameter = @{ DisableLocalAuth = $true }; Text = 'Grant-AzOpenAIAccess' }
        @{ Parameter = @{ PublicNetworkAccess = 'Disabled' }; Text = 'private endpoints' }
        @{ Parameter = @{ AllowedIpRange = '203.0.113.0/24' }; Text = '203\.0\.113\.0/24' }
    ) {
        Set-AzOpenAIResource $name @Parameter -WhatIf -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warning" | Should -Match $Text
        $null = Set-AzOpenAIResource $name @Parameter -WarningAction SilentlyContinue
        $null = Set-AzOpenAIResource $name @Parameter -WarningVariable again
        $again | Should -BeNullOrEmpty -Because 'nothing changes any more'
    }

    It 'shows the difference under -WhatIf and writes nothing' {
        $log = [IO.Path]::Combine($TestDrive, 'whatif.txt')
        $null = Start-Transcript $log
        try { Set-AzOpenAIResource $name -Tag @{ team = 'b' } -WhatIf | Should -BeNullOrEmpty } finally { $null = Stop-Transcript }
        [IO.File]::ReadAllText($log) | Should -Match 'Tag: \(none\) -> team=b'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'binds <Kind>, and keeps its subscription' -ForEach @(
        @{ Kind = 'a piped resource'; Call = { Get-AzOpenAIResource $name -Subscription $other | Set-AzOpenAIResource -Tag @{ here = 1 } } }
        @{ Kind = 'an id'; Call = { Set-AzOpenAIResource $elsewhereId -Tag @{ here = 1 } } }
        @{ Kind = 'a row'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = $name; SubscriptionId = $other; Tag = 'x' } | Set-AzOpenAIResource -Tag @{ here = 1 } } }
        @{ Kind = 'group and name'; Call = { Set-AzOpenAIResource -ResourceGroupName rg -Name $name -Subscription $other -Tag @{ here = 1 } } }
    ) {
        $elsewhereId = New-TestResource $emulator $name -Subscription $other -Subdomain "$name-elsewhere"
        (& $Call).Id | Should -Be $elsewhereId
        (Invoke-Arm $emulator $elsewhereId).Body.tags.here | Should -Be '1'
        (Get-AzOpenAIResource $name rg).Tags.Count | Should -Be 0
    }

    It 'looks at the live resource, not at an old object' {
        $old = Get-AzOpenAIResource $name
        $null = Set-AzOpenAIResource $name -Tag @{ team = 'a' }
        ($old | Set-AzOpenAIResource -Tag @{ team = 'a' }).Changed | Should -BeFalse
    }

    It 'waits until the change is complete, or not with -NoWait' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ longRunningMs = 1500 }
        try {
            $early = Set-AzOpenAIResource $name -PublicNetworkAccess Disabled -NoWait -WarningAction SilentlyContinue
            $early.ProvisioningState | Should -Be 'Accepted'
            # The first change still holds the resource: its end is waited for.
            (Set-AzOpenAIResource $name -PublicNetworkAccess Enabled).ProvisioningState | Should -Be 'Succeeded'
        }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ longRunningMs = 50 } }
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Set-AzOpenAIResource $name -Tag @{ a = 1 }).Changed | Should -BeTrue
    }
}

Describe 'Set-AzOpenAIResource, when something is wrong' {
    It 'says that nothing was given to change' {
        $failure = Get-Failure { Set-AzOpenAIResource contoso -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ResourceChangeMissing,*'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    BeforeAll {
        $id = New-TestResource $emulator fabrikam
        Clear-EmulatorWrite $emulator
    }

    It 'refuses <ErrorId> without a write' -ForEach @(
        @{ ErrorId = 'ResourceNotFound'; Arguments = @{ Resource = 'fabrikan'; Tag = @{} }; Fact = 'fabrikan' }
        @{ ErrorId = 'IpRangeInvalid'; Arguments = @{ Resource = 'fabrikam'; AllowedIpRange = '10.1' }; Fact = '10\.1' }
        @{ ErrorId = 'IpRangeInvalid'; Arguments = @{ Resource = 'fabrikam'; AllowedIpRange = '203.0.113.0/33' }; Fact = '/33' }
        @{ ErrorId = 'IdentityInvalid'; Arguments = @{ Resource = 'fabrikam'; UserAssignedIdentity = 'mine' }; Fact = 'mine' }
        @{ ErrorId = 'IdentityInvalid'; Arguments = @{ Resource = 'fabrikam'; IdentityType = 'None', 'SystemAssigned' }; Fact = 'None' }
        @{ ErrorId = 'IdentityInvalid'; Arguments = @{ Resource = 'fabrikam'; IdentityType = 'UserAssigned'; UserAssignedIdentity = @() }; Fact = 'at least one' }
        @{ ErrorId = 'ResourceFixedProperty'; Arguments = @{ Resource = 'fabrikam'; CustomSubdomain = 'other' }; Fact = 'other' }
    ) {
        $failure = Get-Failure { Set-AzOpenAIResource @Arguments -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        $failure.Exception.Message | Should -Match $Fact
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'refuses a subdomain that another resource has' {
        $body = @{ location = 'swedencentral'; kind = 'OpenAI'; sku = @{ name = 'S0' }; properties = @{} }
        $null = Invoke-Arm $emulator (Get-AccountPath $emulator plain) -Method PUT -Body $body
        $null = Wait-AzOpenAIResource plain
        $failure = Get-Failure { Set-AzOpenAIResource plain -CustomSubdomain fabrikam -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "SubdomainTaken,$class"
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Set-AzOpenAIResource '$id' -Tag @{ a = 1 }" -Match @{ method = 'PATCH' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

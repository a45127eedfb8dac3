BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $class = 'AzOpenAI.Commands.RevokeAzOpenAIAccessCommand'
    $joe, $team = '6b1f5ae2-6f9c-4d0e-9a55-2f6a53b8b001', '6b1f5ae2-6f9c-4d0e-9a55-2f6a53b8b002'
    $script:number = 0

    function Get-Holder([string] $Id) { @(Get-AzOpenAIAccess $Id -Direct).ForEach({ "$($_.Role.Split(' ')[-1]) $($_.PrincipalId)" }) }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Revoke-AzOpenAIAccess' {
    BeforeEach {
        $script:number++
        $name = "contoso-$($script:number)"
        $id = New-TestResource $emulator $name
        $elsewhereId = New-TestResource $emulator $name -Subscription $other -Subdomain "$name-elsewhere"
        $null = Grant-AzOpenAIAccess $id -PrincipalId $joe -PrincipalType User
        $null = Grant-AzOpenAIAccess $id Contributor -PrincipalId $joe -PrincipalType User
        $null = Grant-AzOpenAIAccess $id -PrincipalId $team -PrincipalType Group
        $null = Grant-AzOpenAIAccess $elsewhereId -PrincipalId $joe -PrincipalType User
        Clear-EmulatorWrite $emulator
    }

    It 'takes what is piped, and emits nothing' {
        Get-AzOpenAIAccess $id -Direct | Where-Object PrincipalId -EQ $joe | Revoke-AzOpenAIAccess | Should -BeNullOrEmpty
        Get-Holder $id | Should -Be "User $team"
        Get-Holder $elsewhereId | Should -Be "User $joe"
    }

    It 'takes by <Kind>' -ForEach @(
        @{ Kind = 'principal'; Call = { Revoke-AzOpenAIAccess $name -PrincipalId $joe }; Left = { "User $team" } }
        @{ Kind = 'role'; Call = { Revoke-AzOpenAIAccess $name -Role User }; Left = { "Contributor $joe" } }
        @{ Kind = 'role and principal'; Call = { Get-AzOpenAIResource $name | Revoke-AzOpenAIAccess -Role User -PrincipalId $joe }; Left = { "Contributor $joe", "User $team" } }
        @{ Kind = 'id'; Call = { Revoke-AzOpenAIAccess (Get-AzOpenAIAccess $id -Role User -PrincipalId $joe).Id }; Left = { "Contributor $joe", "User $team" } }
        @{ Kind = 'group and name'; Call = { Revoke-AzOpenAIAccess -ResourceGroupName rg -ResourceName $name -Role Contributor }; Left = { "User $joe", "User $team" } }
    ) {
        & $Call
        Get-Holder $id | Sort-Object | Should -Be (& $Left)
        Get-Holder $elsewhereId | Should -Be "User $joe"
    }

    It 'keeps the subscription of what is piped' {
        Get-AzOpenAIAccess $elsewhereId -Direct | Revoke-AzOpenAIAccess
        Get-Holder $elsewhereId | Should -BeNullOrEmpty
        (Get-Holder $id).Count | Should -Be 3
    }

    It 'takes an assignment that came out of another process' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AzOpenAIAccess $id -PrincipalId $team)))
        $copy | Revoke-AzOpenAIAccess
        (Get-Holder $id) -match $team | Should -BeNullOrEmpty
    }

    It 'returns what it took with -PassThru' {
        $gone = Revoke-AzOpenAIAccess $name -PrincipalId $team -PassThru
        $gone.PrincipalId | Should -Be $team
        $gone | Should -BeOfType ([AzOpenAI.ResourceAccess])
    }

    It 'warns where nothing is left to take' {
        Revoke-AzOpenAIAccess $name -PrincipalId $team
        Revoke-AzOpenAIAccess $name -PrincipalId $team -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -Match 'nothing was revoked'
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        Revoke-AzOpenAIAccess $name -Role User -PassThru -WhatIf | Should -BeNullOrEmpty
        Get-AzOpenAIAccess $id | Revoke-AzOpenAIAccess -WhatIf
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        (Get-Holder $id).Count | Should -Be 3
    }

    It 'leaves what was assigned above, says where, and goes on' {
        $call = @{
            Uri = [Uri]::new($emulator.Uri, "subscriptions/$($emulator.SubscriptionId)/resourceGroups/rg/providers/Microsoft.Authorization/roleAssignments/$([guid]::NewGuid())?api-version=2022-04-01")
            Method = 'PUT'; NoProxy = $true; ContentType = 'application/json'; Headers = @{ Authorization = 'Bearer emulator' }
            Body = ConvertTo-Json @{ properties = @{ roleDefinitionId = '/providers/Microsoft.Authorization/roleDefinitions/64702f94-c441-49e6-a78b-ef80e0188fee'; principalId = $team; principalType = 'Group' } }
        }
        $assignment = Invoke-RestMethod @call
        Clear-EmulatorWrite $emulator
        Get-AzOpenAIAccess $id | Revoke-AzOpenAIAccess -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -Be "AccessInherited,$class"
        $failure[0].Exception.Message | Should -Match 'resourceGroups/rg'
        Find-ErrorDefect $failure[0] | Should -BeNullOrEmpty
        Get-Holder $id | Should -BeNullOrEmpty
        (Get-AzOpenAIAccess $id).Id | Should -Be $assignment.id
        $call.Method = 'DELETE'
        $null = Invoke-RestMethod @call
    }
}

Describe 'Revoke-AzOpenAIAccess, when something is wrong' {
    It 'refuses the current user and another principal together' {
        $failure = Get-Failure { Revoke-AzOpenAIAccess -Resource contoso -CurrentUser -PrincipalId ([guid]::NewGuid()) -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterConflict,*'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    BeforeAll {
        $id = New-TestResource $emulator fabrikam
        $null = Grant-AzOpenAIAccess $id -PrincipalId $joe -PrincipalType User
        Clear-EmulatorWrite $emulator
    }

    It 'refuses to guess which access is meant' {
        $failure = Get-Failure { Get-AzOpenAIResource fabrikam | Revoke-AzOpenAIAccess -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "AccessFilterMissing,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'refuses the id of an assignment elsewhere' {
        $failure = Get-Failure { Revoke-AzOpenAIAccess "/subscriptions/$other/providers/Microsoft.Authorization/roleAssignments/$([guid]::NewGuid())" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "AccessIdInvalid,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator 'roleAssignments/delete$'
        try { $failure = Get-Failure { Revoke-AzOpenAIAccess fabrikam -PrincipalId $joe -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.TargetObject | Should -Be 'fabrikam'
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Revoke-AzOpenAIAccess '$id' -PrincipalId $joe" -Match @{ method = 'DELETE' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

# Which resource a command means when objects of all kinds come by the pipeline, and which when nothing or only a name is given.

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere -Deployment chat
    # A resource that is called as the deployment is.
    $chatId = New-TestResource $emulator chat -Group other
    Assert-Status (Invoke-Arm $emulator "$contosoId/raiBlocklists/rivals" -Method PUT -Body @{ properties = @{ description = 'x' } })
    Assert-Status (Invoke-Arm $emulator "$contosoId/raiBlocklists/rivals/raiBlocklistItems/one" -Method PUT -Body @{ properties = @{ pattern = 'x'; isRegex = $false } })
    Assert-Status (Invoke-Arm $emulator "$contosoId/raiPolicies/strict" -Method PUT -Body @{ properties = @{ basePolicyName = 'Microsoft.DefaultV2'; mode = 'Blocking' } })

    function Copy-Through($Value) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Value, 3)) }
    function Get-TestConnection { [AzOpenAI.IConnectionSource].GetProperty('Connection').GetValue((Get-AzOpenAIKey $contosoId)) }
    function New-AzRow([string] $Id, [string] $Name, [string] $Group) { [pscustomobject]@{ Id = $Id; AccountName = $Name; ResourceGroupName = $Group; Location = 'x'; Sku = 'x' } }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'A command on the whole of a resource' {
    BeforeAll {
        $parts = @{
            'a deployment' = Get-AzOpenAIDeployment contoso chat -Subscription $emulator.SubscriptionId
            'a content filter' = Get-AzOpenAIContentFilter $contosoId strict
            'a blocklist' = Get-AzOpenAIBlocklist $contosoId rivals
            'a blocklist item' = Get-AzOpenAIBlocklistItem "$contosoId/raiBlocklists/rivals" one
            'a key' = Get-AzOpenAIKey $contosoId
            'a connection' = Get-TestConnection
        }
    }

    BeforeEach { Clear-EmulatorWrite $emulator }

    It 'refuses <_>, also one out of another process' -ForEach 'a deployment', 'a content filter', 'a blocklist', 'a blocklist item', 'a key', 'a connection' {
        foreach ($part in $parts[$_], (Copy-Through $parts[$_])) {
            foreach ($call in { $part | Remove-AzOpenAIResource -Force -ErrorAction Stop }, { $part | Set-AzOpenAIResource -Tag @{ a = 'b' } -ErrorAction Stop }) {
                $failure = Get-Failure $call
                $failure.FullyQualifiedErrorId | Should -BeLike 'ResourceExpected,*'
                Find-ErrorDefect $failure | Should -BeNullOrEmpty
            }
        }
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Test-Exists $emulator $contosoId | Should -BeTrue
    }

    It 'names the command for the part' {
        "$(Get-Failure { $parts['a deployment'] | Remove-AzOpenAIResource -Force -ErrorAction Stop })" | Should -Match 'Remove-AzOpenAIDeployment'
        "$(Get-Failure { Set-AzOpenAIResource $parts['a blocklist'].Id -Tag @{ a = 'b' } -ErrorAction Stop })" | Should -Match 'Set-AzOpenAIBlocklist'
        "$(Get-Failure { $parts['a key'] | Remove-AzOpenAIResource -Force -ErrorAction Stop })" | Should -Not -Match 'Remove-AzOpenAI\w*Key'
    }
}

Describe 'The resource of an object' {
    It 'is read for <_>' -ForEach 'a deployment', 'a deployment out of another process', 'an id of a deployment', 'a row with the name of its resource' {
        $deployment = Get-AzOpenAIDeployment $contosoId chat
        $value = switch ($_) {
            'a deployment' { $deployment }
            'a deployment out of another process' { Copy-Through $deployment }
            'an id of a deployment' { $deployment.Id }
            default { [pscustomobject]@{ Name = 'chat'; ResourceName = 'contoso'; ResourceGroupName = 'rg' } }
        }
        ($value | Get-AzOpenAIResource).Id | Should -Be $contosoId
    }

    It 'is read again for a resource' {
        $old = Get-AzOpenAIResource contoso rg
        $null = Set-AzOpenAIResource $contosoId -Tag @{ now = 'new' }
        ($old | Get-AzOpenAIResource).Tags['now'] | Should -Be 'new'
    }

    It 'is found by id, by name and by group' {
        (Get-AzOpenAIResource $elsewhereId).Id | Should -Be $elsewhereId
        ('contoso' | Get-AzOpenAIResource).Id | Should -Be $contosoId
        ([pscustomobject]@{ ResourceGroupName = 'other'; ResourceId = '/subscriptions/x/resourceGroups/other' } | Get-AzOpenAIResource).Id | Should -Be $chatId
        $failure = Get-Failure { 42 | Get-AzOpenAIResource -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ResourceInputInvalid,*'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'is not looked up in two listings where there is none' {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $null = Get-Failure { Get-AzOpenAIResource nobody -ErrorAction Stop }
        @(Get-EmulatorRequest $emulator | Where-Object path -Match '/accounts(\?|$)') | Should -HaveCount 1
    }

    It 'is taken by its id from an object of another module, which calls its name AccountName' {
        $row = New-AzRow $elsewhereId contoso rg
        ($row | Get-AzOpenAIKey).ResourceId | Should -Be $elsewhereId
        ($row | Get-AzOpenAIDeployment).ResourceId | Should -Be $elsewhereId
        ($row | Get-AzOpenAIResource).Id | Should -Be $elsewhereId
        ($row | New-AzOpenAIContentFilter -Name az -WhatIf -ErrorAction Stop) | Should -BeNullOrEmpty
        ($row | Set-AzOpenAIResource -Tag @{ from = 'az' }).Id | Should -Be $elsewhereId
    }

    It 'is taken from an object of a class, too, not only from a row' {
        class AzAccount { [string] $Id; [string] $AccountName; [string] $ResourceGroupName }
        ([AzAccount] @{ Id = $elsewhereId; AccountName = 'contoso'; ResourceGroupName = 'rg' } | Get-AzOpenAIKey).ResourceId | Should -Be $elsewhereId
    }

    It 'has no deployment from the name of a row' {
        ([pscustomobject]@{ ResourceId = $contosoId; Name = 'contoso' } | Get-AzOpenAIKey).Deployment | Should -BeNullOrEmpty
        (Copy-Through (Get-AzOpenAIContentFilter $contosoId strict) | Get-AzOpenAIKey).Deployment | Should -BeNullOrEmpty
        (Copy-Through (Get-TestConnection) | Get-AzOpenAIKey).Deployment | Should -BeNullOrEmpty
    }

    It 'has the deployment of a deployment and of a connection, also out of another process' {
        (Copy-Through (Get-AzOpenAIDeployment $contosoId chat) | Get-AzOpenAIKey).Deployment | Should -Be 'chat'
        (Copy-Through (Get-AzOpenAIDeployment $contosoId chat | Get-AzOpenAIKey) | Get-AzOpenAIKey).Deployment | Should -Be 'chat'
    }
}

Describe 'A command that is given its target twice' {
    BeforeEach { Clear-EmulatorWrite $emulator }

    It 'refuses: <Script>' -ForEach @(
        @{ Script = 'Get-AzOpenAIResource contoso | Set-AzOpenAIResource -Resource other -Tag @{ a = "b" } -ErrorAction Stop' }
        @{ Script = 'Get-AzOpenAIResource contoso | Remove-AzOpenAIResource -ResourceGroupName rg -Name contoso -Force -ErrorAction Stop' }
        @{ Script = 'Get-AzOpenAIResource contoso | Get-AzOpenAIDeployment chat -ErrorAction Stop' }
        @{ Script = 'Get-AzOpenAIResource contoso | Get-AzOpenAIContentFilter strict -ErrorAction Stop' }
        @{ Script = 'Get-AzOpenAIDeployment contoso chat | Remove-AzOpenAIDeployment -Resource contoso -Name chat -Force -ErrorAction Stop' }
    ) {
        $failure = Get-Failure ([scriptblock]::Create($Script))
        $failure.FullyQualifiedErrorId | Should -BeLike 'PipelineInputUnused,*'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'takes the other arguments by name' {
        (Get-AzOpenAIResource contoso | Get-AzOpenAIDeployment -Name chat).Name | Should -Be 'chat'
    }

    It 'says nothing where no object came' {
        @() | Get-AzOpenAIDeployment contoso chat -ErrorAction Stop | Should -BeNullOrEmpty
    }
}

Describe 'A bare name' {
    BeforeEach { $null = Set-AzOpenAIContext -Resource $null }
    AfterAll { $null = Set-AzOpenAIContext -Resource $null }

    It 'goes with -Resource' {
        (Set-AzOpenAIDeployment chat -Resource $contosoId -Capacity 11).ResourceId | Should -Be $contosoId
        ('chat' | Set-AzOpenAIDeployment -Resource $elsewhereId -Capacity 12).ResourceId | Should -Be $elsewhereId
        (Set-AzOpenAIContentFilter strict -Resource $contosoId -Hate Low).ResourceId | Should -Be $contosoId
        (Set-AzOpenAIBlocklist rivals -Resource $contosoId -Description y).ResourceId | Should -Be $contosoId
    }

    It 'goes with the default resource, in <_>' -ForEach @(
        'Set-AzOpenAIDeployment chat -Capacity 13', 'Set-AzOpenAIDeployment -Name chat -Capacity 14', 'Wait-AzOpenAIDeployment chat', 'Set-AzOpenAIContentFilter strict -Hate High',
        'Set-AzOpenAIBlocklist rivals -Description z', 'Get-AzOpenAIBlocklistItem rivals', 'New-AzOpenAIBlocklistItem rivals -Pattern fresh',
        'Set-AzOpenAIBlocklistItem -Blocklist rivals -Name one -Pattern other'
    ) {
        $null = Set-AzOpenAIContext -Resource $contosoId
        $found = & ([scriptblock]::Create("$_ -ErrorAction Stop"))
        @($found).Count | Should -BeGreaterThan 0
        @($found.ResourceName | Select-Object -Unique) | Should -Be 'contoso'
    }

    It 'needs its resource named where a change cannot be undone, in <_>' -ForEach @(
        'Remove-AzOpenAIDeployment chat -Force', 'Remove-AzOpenAIBlocklist rivals -Force', 'Remove-AzOpenAIContentFilter strict -Force',
        'Remove-AzOpenAIBlocklistItem -Blocklist rivals -Name one -Force'
    ) {
        $null = Set-AzOpenAIContext -Resource $contosoId
        Clear-EmulatorWrite $emulator
        $failure = Get-Failure ([scriptblock]::Create("$_ -ErrorAction Stop"))
        $failure.FullyQualifiedErrorId | Should -Match '^\w+IdInvalid,'
        $failure.Exception.Suggestion | Should -Match '-Resource'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'is refused by its documented error where there is no resource at all: <Script>' -ForEach @(
        @{ Script = 'Set-AzOpenAIDeployment chat -Capacity 5'; ErrorId = 'DeploymentIdInvalid' }
        @{ Script = "Remove-AzOpenAIDeployment /nonsense -Force"; ErrorId = 'DeploymentIdInvalid' }
        @{ Script = 'Remove-AzOpenAIBlocklistItem one -Force'; ErrorId = 'BlocklistItemIdInvalid' }
        @{ Script = 'Set-AzOpenAIDeployment -Name chat -Capacity 5'; ErrorId = 'ResourceMissing' }
        @{ Script = 'Remove-AzOpenAIBlocklist -Name rivals -Force'; ErrorId = 'ResourceNotNamed' }
        @{ Script = 'New-AzOpenAIContentFilter -Name x'; ErrorId = 'ResourceMissing' }
        @{ Script = 'Test-AzOpenAIDeployment -Model gpt-5-mini'; ErrorId = 'ResourceMissing' }
    ) {
        $failure = Get-Failure ([scriptblock]::Create("$Script -ErrorAction Stop"))
        $failure.FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'is not needed by what works on the default resource' {
        $null = Set-AzOpenAIContext -Resource $contosoId
        (Test-AzOpenAIDeployment -Model gpt-5-mini).Passed | Should -BeTrue
        (New-AzOpenAIContentFilter -Name by-default).ResourceId | Should -Be $contosoId
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.SetAzOpenAIDeploymentCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Set-AzOpenAIDeployment' {
    BeforeEach {
        New-TestDeployment $emulator $contosoId chat
        New-TestDeployment $emulator $elsewhereId chat
        $null = Invoke-Arm $emulator "$contosoId/deployments/chat" -Method PATCH -Body @{ sku = @{ name = 'GlobalStandard'; capacity = 10 } }
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/deployments/chat"
    }

    It 'changes the capacity and says what differed' {
        $object = Set-AzOpenAIDeployment $id -Capacity 20
        $object | Should -BeOfType ([AzOpenAI.Deployment])
        $object.Capacity | Should -Be 20
        $object.Changed | Should -BeTrue
        $object.Drift.Count | Should -Be 1
        $object.Drift[0].Property, $object.Drift[0].Was, $object.Drift[0].Is | Should -Be 'Capacity', 10, 20
        @(Get-EmulatorWrite $emulator).method | Should -Be 'PATCH'
        (Invoke-Arm $emulator $id).Body.sku.capacity | Should -Be 20
    }

    It 'changes only what is given' {
        New-TestDeployment $emulator $contosoId overflow
        New-TestDeployment $emulator $contosoId ptu -Sku GlobalProvisionedManaged -Capacity 15
        $ptu = "$contosoId/deployments/ptu"
        $null = Set-AzOpenAIDeployment $ptu -ContentFilter Microsoft.DefaultV2 -Spillover overflow
        $null = Set-AzOpenAIDeployment $ptu -VersionUpgrade NoAutoUpgrade
        $live = (Invoke-Arm $emulator $ptu).Body
        $live.properties.versionUpgradeOption | Should -Be 'NoAutoUpgrade'
        $live.properties.raiPolicyName | Should -Be 'Microsoft.DefaultV2'
        $live.properties.spilloverDeploymentName | Should -Be 'overflow'
        $live.properties.model.version | Should -Be '2025-08-07'
        $live.sku.capacity | Should -Be 15
        (Set-AzOpenAIDeployment $ptu -Spillover '').Spillover | Should -BeNullOrEmpty
    }

    It 'refuses a spillover that <What>' -ForEach @(
        @{ What = 'is not there'; Spillover = 'nosuch'; Fact = "the deployment doesn't exist on 'contoso'" }
        @{ What = 'a standard deployment has no use for'; Spillover = 'other'; Fact = "the SKU of 'chat' is GlobalStandard" }
    ) {
        New-TestDeployment $emulator $contosoId other
        Clear-EmulatorWrite $emulator
        $failure = Get-Failure { Set-AzOpenAIDeployment $id -Spillover $Spillover -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "SpilloverInvalid,$class"
        $failure.Exception.Message | Should -Match $Fact
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        (Set-AzOpenAIDeployment $id -Spillover $Spillover -SkipCheck).Spillover | Should -Be $Spillover
    }

    It 'undoes nothing that another command does at the same time' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ latencyMs = 50 }
        try {
            $context = Get-AzOpenAIContext
            $module = Get-ModulePath
            @{ ContentFilter = 'Microsoft.Default' }, @{ VersionUpgrade = 'NoAutoUpgrade' } | ForEach-Object -Parallel {
                Import-Module $using:module
                $change = $_
                $null = Set-AzOpenAIDeployment $using:id @change -Context $using:context -ErrorAction Stop
            }
        }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ latencyMs = 0 } }
        $live = (Invoke-Arm $emulator $id).Body.properties
        $live.raiPolicyName, $live.versionUpgradeOption | Should -Be 'Microsoft.Default', 'NoAutoUpgrade'
    }

    It 'gives the result its dates' {
        (Set-AzOpenAIDeployment $id -VersionUpgrade NoAutoUpgrade).RetirementDate | Should -Be (Get-AzOpenAIDeployment contoso -Name chat).RetirementDate
    }

    It 'moves to another SKU by PATCH, checked before' {
        (Set-AzOpenAIDeployment $id -Sku DataZoneStandard).Sku | Should -Be 'DataZoneStandard'
        @(Get-EmulatorWrite $emulator).method | Should -Be 'PATCH'
        (Invoke-Arm $emulator $id).Body.sku | ForEach-Object { $_.name, $_.capacity } | Should -Be 'DataZoneStandard', 10
        Clear-EmulatorWrite $emulator
        $failure = Get-Failure { Set-AzOpenAIDeployment $id -Sku Standard -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "SkuNotOffered,$class"
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'takes the object of a content filter, and looks before it writes' {
        $filter = New-AzOpenAIContentFilter -Resource contoso -Name strict -Hate Low -Ensure
        (Set-AzOpenAIDeployment $id -ContentFilter $filter).ContentFilter | Should -Be 'strict'
        Clear-EmulatorWrite $emulator
        $failure = Get-Failure { Set-AzOpenAIDeployment $id -ContentFilter strickt -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ContentFilterNotFound,$class"
        "$failure" | Should -Match 'Available: strict,'
        $failure = Get-Failure { Set-AzOpenAIDeployment "$elsewhereId/deployments/chat" -ContentFilter $filter -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ContentFilterElsewhere,$class"
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'writes nothing the second time' {
        $null = Set-AzOpenAIDeployment $id -Capacity 12 -VersionUpgrade NoAutoUpgrade
        Clear-EmulatorWrite $emulator
        $second = Set-AzOpenAIDeployment $id -Capacity 12 -VersionUpgrade NoAutoUpgrade
        $second.Changed | Should -BeFalse
        $second.Drift | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'shows the difference under -WhatIf, writes nothing and emits nothing' {
        $shown = Invoke-FreshShell "Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri '$($emulator.Uri)'; Set-AzOpenAIDeployment '$id' -Capacity 20 -VersionUpgrade NoAutoUpgrade -WhatIf | ForEach-Object { 'emitted' }"
        "$shown" | Should -Match 'Capacity: 10 -> 20'
        "$shown" | Should -Match 'VersionUpgrade: \w+ -> NoAutoUpgrade'
        "$shown" | Should -Not -Match 'emitted'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'takes a resource and a name, group and names, and the object' {
        (Set-AzOpenAIDeployment -Resource contoso -Name chat -Capacity 11).Capacity | Should -Be 11
        (Set-AzOpenAIDeployment -ResourceGroupName rg -ResourceName contoso -Name chat -Capacity 12).Capacity | Should -Be 12
        (Get-AzOpenAIDeployment contoso chat | Set-AzOpenAIDeployment -Capacity 13).Capacity | Should -Be 13
    }

    It 'keeps the subscription of a piped deployment, and leaves its namesake alone' {
        (Get-AzOpenAIDeployment $elsewhereId chat | Set-AzOpenAIDeployment -Capacity 14).SubscriptionId | Should -Be $other
        (Invoke-Arm $emulator $id).Body.sku.capacity | Should -Be 10
    }

    It 'binds only the subscription by property name' {
        $bound = (Get-Command Set-AzOpenAIDeployment).Parameters.Values.Where({ $_.Attributes.Where({ $_ -is [Parameter] -and $_.ValueFromPipelineByPropertyName }) }).Name
        $bound | Should -Be 'Subscription' -Because 'the rest of a row is read as one object'
    }

    It 'returns at once with -NoWait' {
        Add-EmulatorFault $emulator @{ kind = 'slow-operation'; seconds = 2; count = 1; match = @{ method = 'PATCH' } }
        try {
            (Set-AzOpenAIDeployment $id -Capacity 15 -NoWait).ProvisioningState | Should -Be 'Accepted'
            (Wait-AzOpenAIDeployment $id).ProvisioningState | Should -Be 'Succeeded'
        }
        finally { Clear-EmulatorFault $emulator }
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Set-AzOpenAIDeployment $id -Capacity 16).Capacity | Should -Be 16
    }
}

Describe 'Set-AzOpenAIDeployment, when something is wrong' {
    BeforeAll {
        New-TestDeployment $emulator $contosoId fixed
        $id = "$contosoId/deployments/fixed"
    }
    BeforeEach { Clear-EmulatorWrite $emulator }

    It 'says that nothing was given, and what could be' {
        $failure = Get-Failure { Set-AzOpenAIDeployment $id -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentChangeMissing,$class"
        "$failure" | Should -Match '-Capacity'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'refuses a capacity beyond the quota before it writes' {
        $failure = Get-Failure { Set-AzOpenAIDeployment $id -Capacity 100000 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "QuotaExceeded,$class"
        "$failure" | Should -Match '-Capacity \d+ or less'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'refuses a version that there is not, and names those there are' {
        $failure = Get-Failure { Set-AzOpenAIDeployment $id -Version 1999-01-01 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ModelVersionNotFound,$class"
        "$failure" | Should -Match '2025-08-07'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'leaves the refusal to the service with -SkipCheck' {
        $failure = Get-Failure { Set-AzOpenAIDeployment $id -Capacity 100000 -SkipCheck -ErrorAction Stop }
        $failure.Exception.ServiceCode | Should -Be 'InsufficientQuota'
    }

    It 'says that there is no such deployment, and does not make one' {
        $failure = Get-Failure { Set-AzOpenAIDeployment "$contosoId/deployments/nobody" -Capacity 5 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotFound,$class"
        $failure.TargetObject | Should -Be "$contosoId/deployments/nobody"
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'goes on after an item that is not there' {
        $errors = $null
        $done = "$contosoId/deployments/nobody", $id | Set-AzOpenAIDeployment -Capacity 6 -ErrorAction SilentlyContinue -ErrorVariable errors
        $done.Name | Should -Be 'fixed'
        $errors.Count | Should -Be 1
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Set-AzOpenAIDeployment '$id' -Capacity 7" -Match @{ method = 'PATCH' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat, chat-two, mini
    $null = New-TestResource $emulator fabrikam -Deployment chat
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere -Deployment elsewhere
    $class = 'AzOpenAI.Commands.GetAzOpenAIDeploymentCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIDeployment' {
    It 'lists the deployments of a resource as typed objects' {
        $all = @(Get-AzOpenAIDeployment contoso)
        $all.Name | Sort-Object | Should -Be 'chat', 'chat-two', 'mini'
        $all | ForEach-Object { $_ | Should -BeOfType ([AzOpenAI.Deployment]) }
    }

    It 'tells model, version, SKU, capacity, limits, upgrade policy and endpoint' {
        $deployment = Get-AzOpenAIDeployment contoso chat
        $deployment.Model | Should -Be 'gpt-5-mini'
        $deployment.Version | Should -Match '^\d{4}-\d{2}-\d{2}$'
        $deployment.Sku | Should -Be 'GlobalStandard'
        $deployment.Capacity | Should -Be 10
        $deployment.TokensPerMinute | Should -Be 10000
        $deployment.RequestsPerMinute | Should -BeGreaterThan 0
        $deployment.VersionUpgrade | Should -Not -BeNullOrEmpty
        $deployment.ProvisioningState | Should -Be 'Succeeded'
        $deployment.ResourceName | Should -Be 'contoso'
        $deployment.ResourceGroupName | Should -Be 'rg'
        $deployment.SubscriptionId | Should -Be $emulator.SubscriptionId
        $deployment.ResourceId | Should -Be $contosoId
        $deployment.Id | Should -Be "$contosoId/deployments/chat"
        "$($deployment.Endpoint)" | Should -BeLike '*/contoso/'
        "$deployment" | Should -Be 'chat'
    }

    It 'lists the whole subscription without a resource' {
        Get-AzOpenAIDeployment | ForEach-Object { "$($_.ResourceName)/$($_.Name)" } | Sort-Object |
            Should -Be 'contoso/chat', 'contoso/chat-two', 'contoso/mini', 'fabrikam/chat'
        @(Get-AzOpenAIDeployment -Name chat).Count | Should -Be 2
    }

    It 'takes wildcards in the name' {
        (Get-AzOpenAIDeployment contoso chat*).Name | Sort-Object | Should -Be 'chat', 'chat-two'
        Get-AzOpenAIDeployment contoso zzz* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'takes group and name, an id, and the object' {
        @(Get-AzOpenAIDeployment -ResourceGroupName rg -ResourceName contoso).Count | Should -Be 3
        @(Get-AzOpenAIDeployment $contosoId).Count | Should -Be 3
        @(Get-AzOpenAIResource contoso | Get-AzOpenAIDeployment).Count | Should -Be 3
    }

    It 'takes the id of a deployment' {
        (Get-AzOpenAIDeployment "$contosoId/deployments/mini").Name | Should -Be 'mini'
    }

    It 'reads a piped deployment again' {
        (Get-AzOpenAIDeployment contoso mini | Get-AzOpenAIDeployment).Name | Should -Be 'mini'
    }

    It 'keeps the subscription of a piped resource, and leaves its namesake alone' {
        (Get-AzOpenAIResource -Subscription $other | Get-AzOpenAIDeployment).Name | Should -Be 'elsewhere'
        (Get-AzOpenAIDeployment $elsewhereId).Name | Should -Be 'elsewhere'
    }

    It 'binds group, resource name and subscription by property name and nothing else' {
        $row = [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; SubscriptionId = $other; Model = 'x'; Sku = 'x'; Location = 'x' }
        ($row | Get-AzOpenAIDeployment).Name | Should -Be 'elsewhere'
    }

    It 'gives nothing for a pipeline that delivered nothing' {
        @() | Get-AzOpenAIDeployment | Should -BeNullOrEmpty
        Get-AzOpenAIResource zzz* | Get-AzOpenAIDeployment | Should -BeNullOrEmpty
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Get-AzOpenAIDeployment contoso chat).Name | Should -Be 'chat'
    }
}

Describe 'Get-AzOpenAIDeployment, when something is wrong' {
    It 'says that there is no such deployment, and which there are' {
        $failure = Get-Failure { Get-AzOpenAIDeployment contoso nobody -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotFound,$class"
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$failure" | Should -Match "'nobody'"
        "$failure" | Should -Match 'chat-two'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that there is no such resource' {
        $failure = Get-Failure { Get-AzOpenAIDeployment nobody -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        $failure.TargetObject | Should -Be 'nobody'
    }

    It 'goes on after a resource that is not there' {
        $errors = $null
        $found = 'fabrikam', 'nobody', 'contoso' | Get-AzOpenAIDeployment -ErrorAction SilentlyContinue -ErrorVariable errors
        @($found).Count | Should -Be 4
        $errors.Count | Should -Be 1
        $errors[0].TargetObject | Should -Be 'nobody'
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator
        try { $failure = Get-Failure { Get-AzOpenAIDeployment contoso chat -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
        $failure.Exception.RequestId | Should -Not -BeNullOrEmpty
    }

    It 'writes an error for a resource of the inventory that cannot be read, and the rest' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 403; body = @{ error = @{ code = 'AuthorizationFailed'; message = 'no' } }; match = @{ path = 'accounts/contoso/deployments' } }
        $errors = $null
        try { $found = @(Get-AzOpenAIDeployment -ErrorAction SilentlyContinue -ErrorVariable errors) }
        finally { Clear-EmulatorFault $emulator }
        $found.Count | Should -BeGreaterThan 0
        $found | Where-Object ResourceName -EQ contoso | Should -BeNullOrEmpty
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $errors[0].TargetObject | Should -BeLike '*/accounts/contoso'
        (Get-AzOpenAIDeployment | Where-Object ResourceName -EQ contoso).Count | Should -BeGreaterThan 0
    }

    It 'ends the inventory at Ctrl+C while one resource stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Get-AzOpenAIDeployment' -Match @{ path = 'accounts/contoso/deployments' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'lets the script go on after Select-Object -First 1' {
        $steps = @(Get-AzOpenAIDeployment | Select-Object -First 1; 'after')
        $steps.Count | Should -Be 2
        $steps[1] | Should -Be 'after'
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Get-AzOpenAIDeployment contoso'
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $kill = Measure-Kill (Start-AzOpenAIEmulator) 'Get-AzOpenAIDeployment contoso -MaxWaitSeconds 3'
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

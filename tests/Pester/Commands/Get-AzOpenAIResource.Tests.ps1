BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $null = New-TestResource $emulator contoso-two -Group rg-two
    $null = New-TestResource $emulator fabrikam -Group rg-two
    $elsewhereId = New-TestResource $emulator contoso -Group rg -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.GetAzOpenAIResourceCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIResource' {
    It 'lists the resources of the subscription as typed objects' {
        $all = @(Get-AzOpenAIResource)
        $all.Name | Sort-Object | Should -Be 'contoso', 'contoso-two', 'fabrikam'
        $all | ForEach-Object { $_ | Should -BeOfType ([AzOpenAI.Resource]) }
        $all.SubscriptionId | Select-Object -Unique | Should -Be $emulator.SubscriptionId
    }

    It 'finds one by name, in any case' {
        (Get-AzOpenAIResource CONTOSO).Id | Should -Be $contosoId
    }

    It 'finds one by name and group' {
        $resource = Get-AzOpenAIResource -ResourceGroupName rg-two -Name fabrikam
        $resource.Name | Should -Be 'fabrikam'
        $resource.ResourceGroupName | Should -Be 'rg-two'
        $resource.Location | Should -Be 'swedencentral'
        $resource.Kind | Should -Be 'OpenAI'
        $resource.Sku | Should -Be 'S0'
        $resource.ProvisioningState | Should -Be 'Succeeded'
        $resource.Endpoint | Should -BeLike '*/fabrikam/*'
    }

    It 'takes wildcards in the name' {
        (Get-AzOpenAIResource contoso*).Name | Sort-Object | Should -Be 'contoso', 'contoso-two'
        (Get-AzOpenAIResource '*-TWO').Name | Should -Be 'contoso-two'
    }

    It 'gives nothing and no error for a wildcard that matches nothing' {
        Get-AzOpenAIResource zzz* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'lists the resources of one group' {
        (Get-AzOpenAIResource -ResourceGroupName rg-two).Name | Sort-Object | Should -Be 'contoso-two', 'fabrikam'
    }

    It 'reads another subscription, by id and by name' {
        (Get-AzOpenAIResource -Subscription $other).Id | Should -Be $elsewhereId
        (Get-AzOpenAIResource -Subscription (Get-OtherSubscription $emulator).displayName).Id | Should -Be $elsewhereId
    }

    It 'keeps the subscription of a piped object' {
        $elsewhere = Get-AzOpenAIResource -Subscription $other
        ($elsewhere | Get-AzOpenAIResource).Id | Should -Be $elsewhereId
    }

    It 'binds group, name and subscription by property name and nothing else' {
        $row = [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; SubscriptionId = $other; Location = 'nowhere'; Sku = 'none'; Context = 'none' }
        ($row | Get-AzOpenAIResource).Id | Should -Be $elsewhereId
    }

    It 'works in a job with the context of the session' {
        $context = Get-AzOpenAIContext
        $module = Get-ModulePath
        $names = Start-ThreadJob { Import-Module $using:module; Get-AzOpenAIResource -Context $using:context } | Receive-Job -Wait -AutoRemoveJob
        $names.Name | Sort-Object | Should -Be 'contoso', 'contoso-two', 'fabrikam'
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Get-AzOpenAIResource contoso).Name | Should -Be 'contoso'
    }

    It 'gives all pages of a long list' {
        foreach ($number in 1..12) { $null = New-TestResource $emulator "many-$number" -Subscription $other -Group rg-many }
        @(Get-AzOpenAIResource many-* -Subscription $other).Count | Should -Be 12
    }
}

Describe 'Get-AzOpenAIResource, when something is wrong' {
    It 'says that there is no such resource' {
        $failure = Get-Failure { Get-AzOpenAIResource nobody -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        $failure.TargetObject | Should -Be 'nobody'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$failure" | Should -Match "'nobody'"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says so with the code, status and request id of the service where it asked for one' {
        $failure = Get-Failure { Get-AzOpenAIResource nobody rg -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        $failure.Exception.StatusCode | Should -Be 404
        $failure.Exception.ServiceCode | Should -Be 'ResourceNotFound'
        $failure.Exception.RequestId | Should -Not -BeNullOrEmpty
    }

    It 'says that there is no such group' {
        $failure = Get-Failure { Get-AzOpenAIResource -ResourceGroupName nowhere -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceGroupNotFound,$class"
        $failure.TargetObject | Should -Be 'nowhere'
    }

    It 'goes on after a name that is not there' {
        $errors = $null
        $rows = 'contoso', 'nobody', 'fabrikam' | ForEach-Object { [pscustomobject]@{ ResourceName = $_ } }
        $found = $rows | Get-AzOpenAIResource -ErrorAction SilentlyContinue -ErrorVariable errors
        $found.Name | Should -Be 'contoso', 'fabrikam'
        $errors.Count | Should -Be 1
        $errors[0].TargetObject | Should -Be 'nobody'
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator
        try { $failure = Get-Failure { Get-AzOpenAIResource contoso -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failure.Exception.StatusCode | Should -Be 403
        $failure.Exception.ServiceCode | Should -Be 'AuthorizationFailed'
        $failure.Exception.RequestId | Should -Not -BeNullOrEmpty
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'lets the script go on after Select-Object -First 1' {
        $steps = @(Get-AzOpenAIResource | Select-Object -First 1; 'after')
        $steps.Count | Should -Be 2
        $steps[1] | Should -Be 'after'
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Get-AzOpenAIResource'
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $victim = Start-AzOpenAIEmulator
        $kill = Measure-Kill $victim 'Get-AzOpenAIResource -MaxWaitSeconds 3'
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors.Count | Should -Be 1
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
        Find-ErrorDefect $kill.Errors[0] | Should -BeNullOrEmpty
    }
}

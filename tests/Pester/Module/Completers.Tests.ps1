BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Group rg-one -Deployment chat, 'chat.two'
    $null = New-TestResource $emulator fabrikam -Group 'rg(two)'
    function Connect-Again { $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Tab' {
    BeforeEach { Connect-Again }

    It 'offers locations' {
        Get-Completion 'New-AzOpenAIResource -Location swe' | Should -Be 'swedencentral'
        Get-Completion 'Get-AzOpenAIModel -Location eastus' | Should -Contain 'eastus2'
        @(Get-Completion 'Get-AzOpenAIRegion -Location ').Count | Should -BeGreaterThan 10
    }

    It 'offers models of the region or the resource that is typed' {
        Get-Completion 'Get-AzOpenAIModel -Location swedencentral -Name gpt-5-mi' | Should -Be 'gpt-5-mini'
        Get-Completion 'Test-AzOpenAIDeployment -Location swedencentral -Model gpt-5-mi' | Should -Be 'gpt-5-mini'
        Get-Completion 'New-AzOpenAIDeployment -Resource contoso -Model gpt-5-mi' | Should -Be 'gpt-5-mini'
        Get-Completion 'New-AzOpenAIDeployment contoso gpt-5-mi' | Should -Be 'gpt-5-mini'
    }

    It 'offers only models that can be deployed' {
        Get-Completion 'New-AzOpenAIDeployment contoso gpt-5-ch' | Should -Not -Contain 'gpt-5-chat'
    }

    It 'offers a model without a region, too' {
        Get-Completion 'Get-AzOpenAIRegion -Model gpt-5-mi' | Should -Be 'gpt-5-mini'
    }

    It 'offers versions of the model' {
        Get-Completion 'New-AzOpenAIDeployment contoso gpt-5-mini -Version ' | Should -Be '2025-08-07'
    }

    It 'offers versions and SKUs of the model behind the deployment that is to be changed' {
        Get-Completion 'Set-AzOpenAIDeployment -Resource contoso -Name chat -Version ' | Should -Be '2025-08-07'
        Get-Completion 'Set-AzOpenAIDeployment -Resource contoso -Name chat -Sku ' | Should -Contain 'GlobalStandard'
        Get-Completion 'Set-AzOpenAIDeployment -Resource contoso -Name chat -Sku ' | Should -Not -Contain 'Standard'
    }

    It 'offers SKUs of the model' {
        $skus = Get-Completion 'New-AzOpenAIDeployment contoso gpt-5-mini -Sku '
        $skus | Should -Contain 'GlobalStandard'
        $skus | Should -Not -Contain 'Standard'
        Get-Completion 'New-AzOpenAIDeployment contoso gpt-5-mini -Sku Glo' | Should -Contain 'GlobalStandard'
    }

    It 'offers resource groups, quoted where they need it' {
        $groups = Get-Completion 'Get-AzOpenAIResource -ResourceGroupName '
        $groups | Should -Contain 'rg-one'
        $groups | Should -Contain "'rg(two)'"
        Get-Completion "Get-AzOpenAIResource -ResourceGroupName 'rg(" | Should -Be "'rg(two)'"
    }

    It 'offers resources, of the group where one is typed' {
        Get-Completion 'Get-AzOpenAIKey ' | Sort-Object | Should -Be 'contoso', 'fabrikam'
        Get-Completion 'Get-AzOpenAIKey -ResourceGroupName rg-one -ResourceName ' | Should -Be 'contoso'
        Get-Completion 'Get-AzOpenAIResource fab' | Should -Be 'fabrikam'
    }

    It 'offers deployments of the resource' {
        Get-Completion 'Get-AzOpenAIDeployment contoso ' | Sort-Object | Should -Be 'chat', 'chat.two'
        Get-Completion 'Remove-AzOpenAIDeployment -Resource contoso -Name chat.' | Should -Be 'chat.two'
        Get-Completion 'Remove-AzOpenAIDeployment -ResourceGroupName rg-one -ResourceName contoso -Name ' | Sort-Object | Should -Be 'chat', 'chat.two'
    }

    It 'offers content filters and blocklists of the resource' {
        $null = New-AzOpenAIBlocklist fabrikam rivals
        $null = New-AzOpenAIContentFilter fabrikam strict
        Get-Completion 'New-AzOpenAIDeployment fabrikam gpt-5-mini -ContentFilter str' | Should -Be 'strict'
        Get-Completion 'Get-AzOpenAIContentFilter fabrikam ' | Should -Be 'Microsoft.Default', 'Microsoft.DefaultV2', 'strict'
        Get-Completion 'New-AzOpenAIContentFilter fabrikam lax -Blocklist ' | Should -Be 'rivals'
        Get-Completion 'Get-AzOpenAIBlocklistItem -Resource fabrikam -Blocklist ' | Should -Be 'rivals'
        Get-Completion 'New-AzOpenAIContentFilter fabrikam lax -Hate ' | Should -Contain 'Annotate'
    }

    It 'offers deployments of the connection that is typed' {
        $global:completionKey = Get-AzOpenAIKey contoso
        try { Get-Completion 'Invoke-AzOpenAIChat Hello -Connection $completionKey -Deployment ' | Sort-Object | Should -Be 'chat', 'chat.two' }
        finally { Remove-Variable completionKey -Scope Global }
    }

    It 'offers subscriptions by name' {
        Get-Completion 'Get-AzOpenAIResource -Subscription ' | Should -Not -BeNullOrEmpty
    }

    It 'looks into the subscription that is typed' {
        $other = (Get-OtherSubscription $emulator).subscriptionId
        $null = New-TestResource $emulator elsewhere -Subscription $other
        Get-Completion 'Get-AzOpenAIKey ' | Should -Not -Contain 'elsewhere'
        Get-Completion "Get-AzOpenAIKey -Subscription $other -Resource " | Should -Be 'elsewhere'
    }

    It 'looks into the subscription that is typed by its name' {
        $null = New-TestResource $emulator far-away -Subscription (Get-OtherSubscription $emulator).subscriptionId
        $name = (Get-OtherSubscription $emulator).displayName
        Get-Completion "Get-AzOpenAIResource -Subscription '$name' -Name " | Should -Contain 'far-away'
        Get-Completion "Get-AzOpenAIResource -Subscription '$name' -Name " | Should -Not -Contain 'contoso'
    }

    It 'asks the service once for two presses' {
        $first = Get-Completion 'Get-AzOpenAIModel -Location swe'
        $before = @(Get-EmulatorRequest $emulator).Count
        Get-Completion 'Get-AzOpenAIModel -Location swe' | Should -Be $first
        Get-Completion 'Get-AzOpenAIModel -Location eastus2' | Should -Be 'eastus2'
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
    }

    It 'offers what was just made, in spite of the cache' {
        $null = Get-Completion 'Get-AzOpenAIDeployment contoso '
        $null = New-AzOpenAIDeployment contoso gpt-5-mini -Name fresh -Capacity 1
        Get-Completion 'Get-AzOpenAIDeployment contoso fr' | Should -Be 'fresh'
        Remove-AzOpenAIDeployment -Resource contoso -Name fresh -Force
        Get-Completion 'Get-AzOpenAIDeployment contoso fr' | Should -Not -Contain 'fresh'
    }
}

Describe 'Tab, when there is nothing to offer' {
    AfterEach { Clear-EmulatorFault $emulator }

    It 'asks nobody and offers nothing without a context' {
        Disconnect-AzOpenAI
        $before = @(Get-EmulatorRequest $emulator).Count
        foreach ($line in 'Get-AzOpenAIModel -Location swe', 'Get-AzOpenAIKey con', 'New-AzOpenAIDeployment contoso gpt') {
            Get-Completion $line | Should -Not -Match '^(swedencentral|contoso|gpt-)'
        }
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
    }

    It 'gives up while the service stalls' {
        Connect-Again
        Add-EmulatorStall $emulator
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Get-Completion 'Get-AzOpenAIModel -Location swe' | Should -Not -Contain 'swedencentral'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'is quiet when the service fails' {
        Connect-Again
        Add-EmulatorDenial $emulator
        $errorsBefore = $Error.Count
        Get-Completion 'Get-AzOpenAIKey con' | Should -Not -Contain 'contoso'
        $Error.Count | Should -Be $errorsBefore
    }

    It 'does not remember a failure' {
        Connect-Again
        Add-EmulatorDenial $emulator
        $null = Get-Completion 'Get-AzOpenAIKey con'
        Clear-EmulatorFault $emulator
        Get-Completion 'Get-AzOpenAIKey con' | Should -Be 'contoso'
    }

    It 'takes characters of patterns for themselves' {
        Connect-Again
        Get-Completion 'Get-AzOpenAIKey [c' | Should -Not -Contain 'contoso'
    }
}

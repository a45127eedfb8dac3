BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $null = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere -Location eastus2
    $class = 'AzOpenAI.Commands.GetAzOpenAIModelCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIModel' {
    It 'gives each region once, and names what a pattern beside it does not hide' {
        (Get-AzOpenAIModel swedencentral, 'Sweden Central' gpt-5-mini).Location | Should -Be 'swedencentral'
        $errors = $null
        $found = Get-AzOpenAIModel sweden*, atlantis gpt-5-mini -ErrorAction SilentlyContinue -ErrorVariable errors
        $found.Location | Should -Contain 'swedencentral'
        $errors.TargetObject | Should -Be 'atlantis'
    }

    It 'asks many regions side by side, and gives them in the order of the request' {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        Add-EmulatorFault $emulator @{ kind = 'stall'; match = @{ path = '/locations/' } }
        $job = Start-InRunspace $emulator 'Get-AzOpenAIModel swedencentral, eastus, eastus2, westus3 gpt-5-mini'
        try {
            $job.Run = $job.Shell.BeginInvoke()
            Wait-Until { @(Get-StalledRequest $emulator).Count -ge 4 } | Should -BeTrue -Because 'the second does not wait for the first'
        }
        finally {
            Clear-EmulatorFault $emulator
            $null = $job.Shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(30))
        }
        (Get-AzOpenAIModel westus3, eastus2, swedencentral gpt-5-mini).Location | Should -Be 'westus3', 'eastus2', 'swedencentral'
    }

    It 'lists the models of a region as typed objects' {
        $models = @(Get-AzOpenAIModel swedencentral)
        $models.Count | Should -BeGreaterThan 10
        $models | ForEach-Object { $_ | Should -BeOfType ([AzOpenAI.Model]) }
        $models.Location | Select-Object -Unique | Should -Be 'swedencentral'
    }

    It 'tells version, SKUs with capacity, lifecycle, retirement and context size' {
        $model = Get-AzOpenAIModel swedencentral gpt-5-mini
        $model.Version | Should -Be '2025-08-07'
        $model.IsDefaultVersion | Should -BeTrue
        $model.LifecycleStatus | Should -Be 'GenerallyAvailable'
        $model.RetirementDate | Should -BeOfType ([DateTimeOffset])
        $model.DaysLeft | Should -BeGreaterThan 0
        $model.MaxContextTokens | Should -BeGreaterThan 1000
        $model.Capabilities['chatCompletion'] | Should -Be 'true'
        $model.IsDeployable | Should -BeTrue
        $sku = $model.Skus | Where-Object Name -EQ 'ProvisionedManaged'
        $sku.Capacity.Minimum | Should -Be 25
        $sku.Capacity.Step | Should -Be 25
        ($model.Skus | Where-Object Name -EQ 'GlobalStandard').UsageName | Should -Be 'OpenAI.GlobalStandard.gpt-5-mini'
    }

    It 'takes a location in any spelling' {
        (Get-AzOpenAIModel 'Sweden Central' gpt-5-mini).Location | Should -Be 'swedencentral'
    }

    It 'takes several locations and wildcards' {
        (Get-AzOpenAIModel swedencentral, eastus2 gpt-5-mini).Location | Should -Be 'swedencentral', 'eastus2'
        $east = Get-AzOpenAIModel eastus* gpt-5-mini
        $east.Location | Should -Contain 'eastus'
        $east.Location | Should -Contain 'eastus2'
        @((Get-AzOpenAIModel * gpt-5-mini).Location | Select-Object -Unique).Count | Should -BeGreaterThan 10
    }

    It 'takes wildcards in name and version' {
        $models = Get-AzOpenAIModel swedencentral gpt-4o* -Version 2024-*
        $models | ForEach-Object { $_.Name | Should -BeLike 'gpt-4o*'; $_.Version | Should -BeLike '2024-*' }
        @($models).Count | Should -BeGreaterThan 1
        Get-AzOpenAIModel swedencentral zzz* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'leaves out with -Available what cannot be deployed today' {
        $all = @(Get-AzOpenAIModel swedencentral)
        $available = @(Get-AzOpenAIModel swedencentral -Available)
        $available.Count | Should -BeLessThan $all.Count
        $available | ForEach-Object { $_.IsDeployable | Should -BeTrue -Because "$_" }
        $all | Where-Object LifecycleStatus -EQ 'Deprecated' | ForEach-Object { $_.IsDeployable | Should -BeFalse -Because "$_" }
    }

    It 'lists the models of a piped resource in its own subscription and region' {
        $models = Get-AzOpenAIResource contoso -Subscription $other | Get-AzOpenAIModel -Name gpt-5-mini
        $models.Location | Select-Object -Unique | Should -Be 'eastus2'
        (Get-AzOpenAIModel -Resource $contosoId -Name gpt-5-mini).Location | Should -Be 'swedencentral'
    }

    It 'does not take name, version or location from a piped object' {
        $bound = (Get-Command Get-AzOpenAIModel).Parameters.Values.Where({ $_.Attributes.Where({ $_ -is [Parameter] -and $_.ValueFromPipelineByPropertyName }) }).Name
        $bound | Should -Be 'Subscription'
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Get-AzOpenAIModel swedencentral gpt-5-mini).Name | Should -Be 'gpt-5-mini'
    }

    It 'lets the script go on after Select-Object -First 1' {
        $steps = @(Get-AzOpenAIModel * | Select-Object -First 1; 'after')
        $steps.Count | Should -Be 2
        $steps[1] | Should -Be 'after'
    }
}

Describe 'Get-AzOpenAIModel, when something is wrong' {
    It 'misses a model by its exact name on a resource, too' {
        $id = New-TestResource $emulator with-models
        $failure = Get-Failure { Get-AzOpenAIModel -Resource $id -Name nosuch -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ModelNotInRegion,*'
        Get-AzOpenAIModel -Resource $id -Name nosuch* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'says that the region does not offer the model' {
        $failure = Get-Failure { Get-AzOpenAIModel swedencentral no-such-model -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ModelNotInRegion,$class"
        "$failure" | Should -Match 'Get-AzOpenAIRegion'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that there is no such region, and goes on with the others' {
        $errors = $null
        $models = Get-AzOpenAIModel atlantis, swedencentral gpt-5-mini -ErrorAction SilentlyContinue -ErrorVariable errors
        $models.Location | Should -Be 'swedencentral'
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be "LocationNotAvailable,$class"
        $errors[0].TargetObject | Should -Be 'atlantis'
        Find-ErrorDefect $errors[0] | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator
        try { $failure = Get-Failure { Get-AzOpenAIModel swedencentral -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Get-AzOpenAIModel swedencentral'
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $kill = Measure-Kill (Start-AzOpenAIEmulator) 'Get-AzOpenAIModel swedencentral -MaxWaitSeconds 3'
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

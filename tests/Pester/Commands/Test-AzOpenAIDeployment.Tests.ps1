BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment taken
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere -Location eastus2
    $class = 'AzOpenAI.Commands.TestAzOpenAIDeploymentCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Test-AzOpenAIDeployment' {
    BeforeEach { Clear-EmulatorWrite $emulator }
    AfterEach { Get-EmulatorWrite $emulator | Should -BeNullOrEmpty -Because 'a check writes nothing' }

    It 'tells what would be deployed' {
        $check = Test-AzOpenAIDeployment contoso gpt-5-mini
        $check | Should -BeOfType ([AzOpenAI.DeploymentCheck])
        $check.Passed | Should -BeTrue
        $check.Problems | Should -BeNullOrEmpty
        $check.Location | Should -Be 'swedencentral'
        $check.ResourceName | Should -Be 'contoso'
        $check.Version | Should -Be '2025-08-07'
        $check.Sku | Should -Be 'DataZoneStandard'
        $check.SkuReason | Should -Not -BeNullOrEmpty
        $check.Capacity | Should -Be 10
        $check.QuotaLimit | Should -Be 300
        $check.QuotaFree | Should -Be 300
    }

    It 'checks a region without a resource' {
        $check = Test-AzOpenAIDeployment -Location 'Sweden Central' -Model gpt-5-mini -Sku GlobalStandard
        $check.Passed | Should -BeTrue
        $check.Location | Should -Be 'swedencentral'
        $check.ResourceName | Should -BeNullOrEmpty
    }

    It 'gives only true or false with -Quiet' {
        $yes = Test-AzOpenAIDeployment contoso gpt-5-mini -Quiet
        $yes | Should -BeOfType ([bool])
        $yes | Should -BeTrue
        Test-AzOpenAIDeployment contoso no-such-model -Quiet -ErrorAction Stop | Should -BeFalse
    }

    It 'takes group and name, an id, and the object' {
        (Test-AzOpenAIDeployment -ResourceGroupName rg -ResourceName contoso -Model gpt-5-mini).Passed | Should -BeTrue
        (Test-AzOpenAIDeployment $contosoId gpt-5-mini).Passed | Should -BeTrue
        (Get-AzOpenAIResource contoso | Test-AzOpenAIDeployment -Model gpt-5-mini).Passed | Should -BeTrue
    }

    It 'keeps the subscription of a piped resource' {
        (Get-AzOpenAIResource -Subscription $other | Test-AzOpenAIDeployment -Model gpt-5-mini).Location | Should -Be 'eastus2'
    }

    It 'binds only group, resource name and subscription by property name' {
        $row = [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; SubscriptionId = $other; Location = 'nowhere'; Sku = 'S0'; Name = 'taken' }
        $check = $row | Test-AzOpenAIDeployment -Model gpt-5-mini
        $check.Location | Should -Be 'eastus2'
        $check.Passed | Should -BeTrue
    }

    It 'reports <Problem> as <Code>' -ForEach @(
        @{ Problem = 'an unknown model'; Code = 'ModelNotOffered'; Parameter = @{ Model = 'no-such-model' } }
        @{ Problem = 'an unknown version'; Code = 'ModelVersionNotFound'; Parameter = @{ Model = 'gpt-5-mini'; Version = '1999-01-01' } }
        @{ Problem = 'a retired model'; Code = 'ModelRetired'; Parameter = @{ Model = 'gpt-5-chat'; Version = '2025-08-07' } }
        @{ Problem = 'a SKU that is not offered'; Code = 'SkuNotOffered'; Parameter = @{ Model = 'gpt-5-mini'; Sku = 'Standard' } }
        @{ Problem = 'too much capacity'; Code = 'QuotaExceeded'; Parameter = @{ Model = 'gpt-5-mini'; Sku = 'GlobalStandard'; Capacity = 100000 } }
        @{ Problem = 'a capacity off the step'; Code = 'CapacityInvalid'; Parameter = @{ Model = 'gpt-5-mini'; Sku = 'ProvisionedManaged'; Capacity = 26 } }
        @{ Problem = 'a content filter that is not there'; Code = 'ContentFilterNotFound'; Parameter = @{ Model = 'gpt-5-mini'; ContentFilter = 'nobody' } }
        @{ Problem = 'a name that is taken'; Code = 'DeploymentExists'; Parameter = @{ Model = 'gpt-5-mini'; Name = 'taken' } }
    ) {
        $check = Test-AzOpenAIDeployment contoso @Parameter -ErrorAction Stop
        $check.Passed | Should -BeFalse
        $check.Problems.Code | Should -Contain $Code
        $problem = $check.Problems | Where-Object Code -EQ $Code
        $problem.Message | Should -Not -BeNullOrEmpty
        $problem.Suggestion | Should -Not -BeNullOrEmpty
    }

    It 'tells all problems at once' {
        (Test-AzOpenAIDeployment contoso gpt-5-mini -Name taken -Sku GlobalStandard -Capacity 100000).Problems.Count | Should -BeGreaterOrEqual 2
    }

    It 'fails a create with the code of its problem' {
        $code = (Test-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard -Capacity 100000).Problems[0].Code
        $failure = Get-Failure { New-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard -Capacity 100000 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "$code,AzOpenAI.Commands.NewAzOpenAIDeploymentCommand"
    }

    It 'tests the capacity that a workload needs' {
        $check = Test-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard -RequestsPerMinute 60 -PromptTokens 800 -OutputTokens 200
        $check.EstimatedCapacity | Should -Be 60
        $check.Capacity | Should -Be 60
        $less = Test-AzOpenAIDeployment contoso gpt-5-mini -Sku GlobalStandard -Capacity 10 -RequestsPerMinute 60 -PromptTokens 800 -OutputTokens 200
        $less.Passed | Should -BeFalse
        $less.Problems.Code | Should -Be 'CapacityBelowWorkload'
        $failure = Get-Failure { Test-AzOpenAIDeployment contoso gpt-5-mini -RequestsPerMinute 60 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'WorkloadIncomplete,*'
        "$failure" | Should -Match '-PromptTokens, -OutputTokens'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Test-AzOpenAIDeployment contoso gpt-5-mini).Passed | Should -BeTrue
    }
}

Describe 'Test-AzOpenAIDeployment, when the question cannot be asked' {
    It 'says that there is no such resource' {
        $failure = Get-Failure { Test-AzOpenAIDeployment nobody gpt-5-mini -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        $failure.TargetObject | Should -Be 'nobody'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'goes on after a resource that is not there' {
        $errors = $null
        $checks = 'nobody', 'contoso' | Test-AzOpenAIDeployment -Model gpt-5-mini -ErrorAction SilentlyContinue -ErrorVariable errors
        @($checks).Count | Should -Be 1
        $errors.Count | Should -Be 1
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator
        try { $failure = Get-Failure { Test-AzOpenAIDeployment -Location swedencentral -Model gpt-5-mini -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
        $failure.TargetObject | Should -Be 'swedencentral'
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Test-AzOpenAIDeployment contoso gpt-5-mini'
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $kill = Measure-Kill (Start-AzOpenAIEmulator) 'Test-AzOpenAIDeployment -Location swedencentral -Model gpt-5-mini -MaxWaitSeconds 3'
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

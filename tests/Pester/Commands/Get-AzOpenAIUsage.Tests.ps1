BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.GetAzOpenAIUsageCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIUsage' {
    It 'joins a quota with the model, the SKU and its unit' {
        $row = Get-AzOpenAIUsage swedencentral OpenAI.GlobalStandard.gpt-5-mini
        $row | Should -BeOfType ([AzOpenAI.Usage])
        $row.Models | Should -Be 'gpt-5-mini'
        $row.Sku | Should -Be 'GlobalStandard'
        $row.Unit | Should -Be '1,000 tokens/min'
        $row.Used, $row.Limit, $row.Free | Should -Be 10, 1000, 990
        $row.Location | Should -Be 'swedencentral'
    }

    It 'counts provisioned throughput in units that models share' {
        $row = Get-AzOpenAIUsage swedencentral OpenAI.GlobalProvisionedManaged
        $row.Unit | Should -Be 'PTU'
        $row.Models.Count | Should -BeGreaterThan 1
    }

    It 'selects by wildcard on the name, by model and by SKU' {
        $names = (Get-AzOpenAIUsage swedencentral OpenAI.GlobalStandard.gpt-5*).Name
        $names.Count | Should -BeGreaterThan 1
        $names | Where-Object { $_ -notlike 'OpenAI.GlobalStandard.gpt-5*' } | Should -BeNullOrEmpty
        $rows = Get-AzOpenAIUsage swedencentral -Model gpt-5-mini
        $rows.Count | Should -BeGreaterThan 2
        $rows | Where-Object { $_.Models -notcontains 'gpt-5-mini' } | Should -BeNullOrEmpty
        (Get-AzOpenAIUsage swedencentral -Model gpt-5-mini -Sku DataZoneStandard).Name | Should -Be 'OpenAI.DataZoneStandard.gpt-5-mini'
    }

    It 'asks several regions and keeps their order' {
        (Get-AzOpenAIUsage westus3, 'Sweden Central', eastus2 -Model gpt-5-mini -Sku GlobalStandard).Location | Should -Be 'westus3', 'swedencentral', 'eastus2'
    }

    It 'asks all regions for a wildcard' {
        (Get-AzOpenAIUsage * OpenAI.GlobalStandard.gpt-5-mini).Count | Should -BeGreaterThan 20
        (Get-AzOpenAIUsage sweden*, eastus* OpenAI.GlobalStandard.gpt-5-mini).Location | Sort-Object | Should -Be 'eastus', 'eastus2', 'swedencentral'
    }

    It 'takes a resource by pipeline, with its subscription' {
        (Get-AzOpenAIResource contoso | Get-AzOpenAIUsage -Name OpenAI.GlobalStandard.gpt-5-mini).Used | Should -Be 10
        (Get-AzOpenAIUsage -Resource $elsewhereId -Name OpenAI.GlobalStandard.gpt-5-mini).Used | Should -Be 0
        (Get-AzOpenAIUsage -Resource contoso -Name AccountCount).Unit | Should -Be 'count'
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Get-AzOpenAIUsage swedencentral AccountCount).Used | Should -Be 1
    }

    It 'lets the script go on after Select-Object -First 1' {
        @(Get-AzOpenAIUsage * | Select-Object -First 1; 'after')[1] | Should -Be 'after'
    }
}

Describe 'Get-AzOpenAIUsage, when something is wrong' {
    It 'says that there is no such quota, and which are near' {
        $failure = Get-Failure { Get-AzOpenAIUsage swedencentral OpenAI.GlobalStandard.gpt-5-minni -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "UsageNotFound,$class"
        "$failure" | Should -Match 'OpenAI\.GlobalStandard\.gpt-5-mini'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that the region does not offer the model' {
        $failure = Get-Failure { Get-AzOpenAIUsage swedencentral -Model no-such-model -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ModelNotInRegion,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'gives nothing for a pattern that fits nothing' {
        Get-AzOpenAIUsage swedencentral zzz* | Should -BeNullOrEmpty
    }

    It 'goes on after a region that is not there' {
        $errors = $null
        $rows = Get-AzOpenAIUsage swedencentral, atlantis, eastus2 OpenAI.GlobalStandard.gpt-5-mini -ErrorAction SilentlyContinue -ErrorVariable errors
        $rows.Location | Should -Be 'swedencentral', 'eastus2'
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be "LocationNotAvailable,$class"
        $errors[0].TargetObject | Should -Be 'atlantis'
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Get-AzOpenAIUsage *' -Match @{ path = '/usages' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $contosoId = New-TestResource $emulator contoso
    $class = 'AzOpenAI.Commands.GetAzOpenAIRegionCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIRegion' {
    It 'takes wildcards in the location, beside names' {
        $locations = (Get-AzOpenAIRegion -Location eastus*, 'Sweden Central', swedencentral, atlantis).Location
        $locations | Should -Contain 'eastus'
        $locations | Should -Contain 'eastus2'
        @($locations -eq 'swedencentral') | Should -HaveCount 1
        $locations | Should -Contain 'atlantis' -Because 'what was given by name is not dropped'
        $locations | Should -Not -Contain 'westus'
    }

    It 'lists the regions as typed objects' {
        $regions = @(Get-AzOpenAIRegion)
        $regions.Count | Should -BeGreaterThan 10
        $regions | ForEach-Object { $_ | Should -BeOfType ([AzOpenAI.RegionAvailability]) }
        ($regions | Where-Object Location -EQ swedencentral).DisplayName | Should -Be 'Sweden Central'
    }

    It 'gives a row per region for a model, available ones first, each with a reason where it is not' {
        $regions = @(Get-AzOpenAIRegion gpt-5-mini)
        $sweden = $regions | Where-Object Location -EQ swedencentral
        $sweden.Available | Should -BeTrue
        $sweden.Model | Should -Be 'gpt-5-mini'
        $sweden.Version | Should -Be '2025-08-07'
        $sweden.Sku | Should -Be 'DataZoneStandard'
        $sweden.Skus | Should -Contain 'GlobalStandard'
        $sweden.QuotaLimit | Should -Be 300
        $sweden.QuotaFree | Should -Be 300
        $regions | Where-Object Available -NE $true | ForEach-Object { $_.Reason | Should -Not -BeNullOrEmpty -Because "$_" }
        $flags = @($regions | ForEach-Object { [int]($_.Available -eq $true) })
        ($flags -join '') | Should -Match '^1+0*$'
    }

    It 'sorts regions that are possible by their free quota, and says how much is free where it is too little' {
        $null = Invoke-EmulatorControl $emulator quota -Method PATCH -Body @{ location = 'uksouth'; usageName = 'OpenAI.ProvisionedManaged.gpt-5-mini-2025-08-07'; limit = 500 }
        $null = Invoke-EmulatorControl $emulator quota -Method PATCH -Body @{ location = 'westus3'; usageName = 'OpenAI.ProvisionedManaged.gpt-5-mini-2025-08-07'; limit = 20 }
        $rows = @(Get-AzOpenAIRegion gpt-5-mini -Sku ProvisionedManaged -Capacity 50)
        $rows[0].Location | Should -Be 'uksouth'
        $free = @($rows | Where-Object Available).QuotaFree
        $free | Should -Be @($free | Sort-Object -Descending)
        $little = $rows | Where-Object Location -EQ westus3
        $little.Available | Should -BeFalse
        $little.Reason | Should -Match '20 of 20 quota available'
    }

    It 'waits out throttling' {
        Add-EmulatorFault $emulator @{ kind = 'throttle'; seconds = 1; count = 5; match = @{ path = '/usages' } }
        try { $rows = @(Get-AzOpenAIRegion gpt-5-mini -Location swedencentral, eastus2, westus3) }
        finally { Clear-EmulatorFault $emulator }
        $rows.Available | Should -Be $true, $true, $true
    }

    It 'counts what is deployed' {
        New-TestDeployment $emulator $contosoId used -Capacity 40
        try {
            $sweden = Get-AzOpenAIRegion gpt-5-mini -Sku GlobalStandard -Location swedencentral
            $sweden.QuotaUsed | Should -Be 40
            $sweden.QuotaFree | Should -Be 960
        }
        finally { $null = Invoke-Arm $emulator "$contosoId/deployments/used" -Method DELETE }
    }

    It 'says where the capacity does not fit' {
        $sweden = Get-AzOpenAIRegion gpt-5-mini -Sku GlobalStandard -Capacity 100000 -Location swedencentral
        $sweden.Available | Should -BeFalse
        $sweden.Reason | Should -Match '1000'
    }

    It 'says where the SKU or the version is not offered' {
        $row = Get-AzOpenAIRegion gpt-5-mini -Sku Standard -Location swedencentral
        $row.Available | Should -BeFalse
        $row.Reason | Should -Match 'Standard'
        (Get-AzOpenAIRegion gpt-5-mini -Version 1999-01-01 -Location swedencentral).Available | Should -BeFalse
    }

    It 'looks only at the locations that are named, in any spelling' {
        (Get-AzOpenAIRegion gpt-5-mini -Location 'Sweden Central', eastus2).Location | Sort-Object | Should -Be 'eastus2', 'swedencentral'
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Get-AzOpenAIRegion gpt-5-mini -Location swedencentral).Available | Should -BeTrue
    }

    It 'lets the script go on after Select-Object -First 1' {
        $steps = @(Get-AzOpenAIRegion gpt-5-mini | Select-Object -First 1; 'after')
        $steps.Count | Should -Be 2
        $steps[1] | Should -Be 'after'
    }
}

Describe 'Get-AzOpenAIRegion, when something is wrong' {
    It 'refuses -<Name> without a model' -ForEach @(@{ Name = 'Sku'; Value = 'Standard' }, @{ Name = 'Version'; Value = '1' }, @{ Name = 'Capacity'; Value = 5 }) {
        $given = @{ $Name = $Value }
        $failure = Get-Failure { Get-AzOpenAIRegion @given -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ModelMissing,*'
        $failure.Exception.Message | Should -Match "-$Name"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'marks a region that does not answer as unknown and shows the others' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 403; match = @{ path = '/locations/eastus2/' } }
        try { $rows = Get-AzOpenAIRegion gpt-5-mini -Location eastus2, swedencentral -MaxWaitSeconds 10 -ErrorAction SilentlyContinue }
        finally { Clear-EmulatorFault $emulator }
        ($rows | Where-Object Location -EQ swedencentral).Available | Should -BeTrue
        $silent = $rows | Where-Object Location -EQ eastus2
        if ($silent) {
            $silent.Available | Should -Not -BeTrue
            $silent.Reason | Should -Not -BeNullOrEmpty
        }
    }

    It 'gives no available region for a model that nobody offers' {
        $rows = @(Get-AzOpenAIRegion no-such-model -Location swedencentral, eastus2 -ErrorAction SilentlyContinue -ErrorVariable errors)
        $rows | Where-Object Available | Should -BeNullOrEmpty
        $rows.Count + @($errors).Count | Should -BeGreaterThan 0
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator
        try { $failure = Get-Failure { Get-AzOpenAIRegion -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Get-AzOpenAIRegion gpt-5-mini'
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $kill = Measure-Kill (Start-AzOpenAIEmulator) 'Get-AzOpenAIRegion gpt-5-mini -MaxWaitSeconds 3'
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.GetAzOpenAIContentFilterCommand'

    function Set-TestFilter([string] $ResourceId = $contosoId, [string] $Name = 'strict', $Property = @{ basePolicyName = 'Microsoft.Default'; mode = 'Blocking'; contentFilters = @(
            @{ name = 'Hate'; enabled = $true; blocking = $true; severityThreshold = 'Low'; source = 'Prompt' }
            @{ name = 'Hate'; enabled = $true; blocking = $true; severityThreshold = 'Medium'; source = 'Completion' }
        ) }) {
        Assert-Status (Invoke-Arm $emulator "$ResourceId/raiPolicies/$Name" -Method PUT -Body @{ properties = $Property })
    }

    function Get-TestFilter([string] $Id = "$contosoId/raiPolicies/strict") { (Invoke-Arm $emulator $Id).Body.properties }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIContentFilter' {
    BeforeAll {
        Set-TestFilter
        Set-TestFilter $elsewhereId elsewhere
    }

    It 'gives nothing for a deployment without a filter, and says so' {
        New-TestDeployment $emulator $contosoId unfiltered
        $deployment = Get-AzOpenAIDeployment $contosoId unfiltered
        $deployment.ContentFilter = [NullString]::Value
        $said = $deployment | Get-AzOpenAIContentFilter -Verbose 4>&1
        $said | Where-Object { $_ -is [AzOpenAI.ContentFilter] } | Should -BeNullOrEmpty
        "$said" | Should -Match 'unfiltered'
    }

    It 'gives the filter of a deployment that is given by its id' {
        Assert-Status (Invoke-Arm $emulator "$contosoId/deployments/filtered" -Method PUT -Body @{
                sku = @{ name = 'GlobalStandard'; capacity = 1 }; properties = @{ model = @{ format = 'OpenAI'; name = 'gpt-5-mini' }; raiPolicyName = 'strict' } })
        (Get-AzOpenAIContentFilter "$contosoId/deployments/filtered").Name | Should -Be 'strict'
    }

    It 'lists the filters of the service and those of the resource' {
        $filters = Get-AzOpenAIContentFilter contoso
        $filters | Should -BeOfType ([AzOpenAI.ContentFilter])
        $filters.Name | Should -Be 'Microsoft.Default', 'Microsoft.DefaultV2', 'strict'
        $filters.IsSystem | Should -Be $true, $true, $false
    }

    It 'says what the filter does' {
        $filter = Get-AzOpenAIContentFilter contoso strict
        $filter.Hate | Should -Be 'Low/Medium'
        $filter.Mode | Should -Be 'Blocking'
        $filter.BasePolicy | Should -Be 'Microsoft.Default'
        $filter.Rules.Count | Should -Be 2
        $filter.ResourceId | Should -Be $contosoId
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'the name of a resource'; Call = { Get-AzOpenAIContentFilter contoso strict } }
        @{ What = 'the id of a resource'; Call = { Get-AzOpenAIContentFilter $contosoId strict } }
        @{ What = 'group and name'; Call = { Get-AzOpenAIContentFilter -ResourceGroupName rg -ResourceName contoso -Name strict } }
        @{ What = 'a piped resource'; Call = { Get-AzOpenAIResource contoso | Get-AzOpenAIContentFilter -Name strict } }
        @{ What = 'a row of a table'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso' } | Get-AzOpenAIContentFilter -Name strict } }
        @{ What = 'a filter, to read it again'; Call = { Get-AzOpenAIContentFilter contoso strict | Get-AzOpenAIContentFilter } }
        @{ What = 'wildcards'; Call = { Get-AzOpenAIContentFilter contoso STR* } }
    ) {
        (& $Call).Id | Should -Be "$contosoId/raiPolicies/strict"
    }

    It 'keeps the subscription of a piped resource' {
        (Get-AzOpenAIResource contoso -Subscription $other | Get-AzOpenAIContentFilter | Where-Object -Not IsSystem).Name | Should -Be 'elsewhere'
    }

    It 'gives the filter that a piped deployment uses' {
        $body = @{ sku = @{ name = 'GlobalStandard'; capacity = 1 }; properties = @{ model = @{ format = 'OpenAI'; name = 'gpt-5-mini' }; raiPolicyName = 'strict' } }
        Assert-Status (Invoke-Arm $emulator "$contosoId/deployments/guarded" -Method PUT -Body $body)
        (Get-AzOpenAIDeployment contoso guarded | Get-AzOpenAIContentFilter).Name | Should -Be 'strict'
    }

    It 'follows pages' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 1 }
        try { @(Get-AzOpenAIContentFilter contoso).Count | Should -Be 3 }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 250 } }
    }
}

Describe 'Get-AzOpenAIContentFilter, when something is wrong' {
    It 'names the filters there are' {
        $failure = Get-Failure { Get-AzOpenAIContentFilter contoso strikt -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ContentFilterNotFound,$class"
        $failure.Exception.Suggestion | Should -Match 'Available: strict'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'finds nothing by a pattern without an error' {
        Get-AzOpenAIContentFilter contoso nobody* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiPolicies/read'
        try { $failure = Get-Failure { Get-AzOpenAIContentFilter contoso -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Get-AzOpenAIContentFilter '$contosoId'"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

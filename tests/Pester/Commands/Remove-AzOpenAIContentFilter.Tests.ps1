BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.RemoveAzOpenAIContentFilterCommand'

    function Set-TestFilter([string] $ResourceId = $contosoId, [string] $Name = 'strict', $Property = @{ basePolicyName = 'Microsoft.Default'; mode = 'Blocking'; contentFilters = @(
            @{ name = 'Hate'; enabled = $true; blocking = $true; severityThreshold = 'Low'; source = 'Prompt' }
            @{ name = 'Hate'; enabled = $true; blocking = $true; severityThreshold = 'Medium'; source = 'Completion' }
        ) }) {
        Assert-Status (Invoke-Arm $emulator "$ResourceId/raiPolicies/$Name" -Method PUT -Body @{ properties = $Property })
    }

    function Get-TestFilter([string] $Id = "$contosoId/raiPolicies/strict") { (Invoke-Arm $emulator $Id).Body.properties }

    function Set-TestList([string] $ResourceId = $contosoId, [string] $Name = 'rivals', [string] $Description = 'Competitors') {
        Assert-Status (Invoke-Arm $emulator "$ResourceId/raiBlocklists/$Name" -Method PUT -Body @{ properties = @{ description = $Description } })
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Remove-AzOpenAIContentFilter' {
    BeforeEach {
        Set-TestFilter
        Set-TestFilter $elsewhereId
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/raiPolicies/strict"
    }

    It 'takes <What> and emits nothing' -ForEach @(
        @{ What = 'a piped object'; Call = { Get-AzOpenAIContentFilter contoso strict | Remove-AzOpenAIContentFilter -Force } }
        @{ What = 'an id'; Call = { Remove-AzOpenAIContentFilter $id -Force } }
        @{ What = 'resource and name'; Call = { Remove-AzOpenAIContentFilter -Resource $contosoId -Name strict -Force } }
        @{ What = 'group, resource name and name'; Call = { Remove-AzOpenAIContentFilter -ResourceGroupName rg -ResourceName contoso -Name strict -Force } }
        @{ What = 'a row of a table'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; Name = 'strict' } | Remove-AzOpenAIContentFilter -Force } }
        @{ What = '-Confirm:$false in place of -Force'; Call = { Remove-AzOpenAIContentFilter $id -Confirm:$false } }
    ) {
        & $Call | Should -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeFalse -Because 'the command waits until it is gone'
        Test-Exists $emulator "$elsewhereId/raiPolicies/strict" | Should -BeTrue
    }

    It 'keeps the subscription of a piped object' {
        Get-AzOpenAIContentFilter $elsewhereId strict | Remove-AzOpenAIContentFilter -Force
        Test-Exists $emulator "$elsewhereId/raiPolicies/strict" | Should -BeFalse
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'returns the object with -PassThru' {
        (Remove-AzOpenAIContentFilter $id -Force -PassThru).Id | Should -Be $id
    }

    It 'writes nothing and emits nothing under -WhatIf <Extra>' -ForEach @(@{ Extra = @{} }, @{ Extra = @{ Force = $true; PassThru = $true } }, @{ Extra = @{ Confirm = $false } }) {
        Remove-AzOpenAIContentFilter $id -WhatIf @Extra | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeTrue
    }
}

Describe 'Remove-AzOpenAIContentFilter, when something is wrong' {
    BeforeEach {
        Set-TestFilter
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/raiPolicies/strict"
    }

    It 'leaves a filter that a deployment uses, and names the deployment' {
        $body = @{ sku = @{ name = 'GlobalStandard'; capacity = 1 }; properties = @{ model = @{ format = 'OpenAI'; name = 'gpt-5-mini' }; raiPolicyName = 'strict' } }
        Assert-Status (Invoke-Arm $emulator "$contosoId/deployments/guarded" -Method PUT -Body $body)
        Clear-EmulatorWrite $emulator
        try {
            $failure = Get-Failure { Remove-AzOpenAIContentFilter $id -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -Be "ContentFilterInUse,$class"
            $failure.Exception.Message | Should -Match 'guarded'
            Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        }
        finally { $null = Invoke-Arm $emulator "$contosoId/deployments/guarded" -Method DELETE }
    }

    It 'leaves the filters of the service, and goes on with the next' {
        $errors = $null
        Get-AzOpenAIContentFilter contoso | Remove-AzOpenAIContentFilter -Force -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors.FullyQualifiedErrorId | Select-Object -Unique | Should -Be "ContentFilterSystemManaged,$class"
        Test-Exists $emulator $id | Should -BeFalse
    }

    It 'says that there is none of that name, and names those there are' {
        $failure = Get-Failure { Remove-AzOpenAIContentFilter "$contosoId/raiPolicies/nobody" -Force -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ContentFilterNotFound,$class"
        $failure.TargetObject | Should -Be "$contosoId/raiPolicies/nobody"
        $failure.Exception.Suggestion | Should -Match 'strict'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that a bare name is not enough' {
        $failure = Get-Failure { Remove-AzOpenAIContentFilter strict -Force -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ContentFilterIdInvalid,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiPolicies/delete'
        try { $failure = Get-Failure { Remove-AzOpenAIContentFilter $id -Force -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Remove-AzOpenAIContentFilter '$id' -Force"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.RemoveAzOpenAIBlocklistCommand'

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

Describe 'Remove-AzOpenAIBlocklist' {
    BeforeEach {
        Set-TestList
        Set-TestList $elsewhereId
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/raiBlocklists/rivals"
    }

    It 'takes <What> and emits nothing' -ForEach @(
        @{ What = 'a piped object'; Call = { Get-AzOpenAIBlocklist contoso rivals | Remove-AzOpenAIBlocklist -Force } }
        @{ What = 'an id'; Call = { Remove-AzOpenAIBlocklist $id -Force } }
        @{ What = 'resource and name'; Call = { Remove-AzOpenAIBlocklist -Resource $contosoId -Name rivals -Force } }
        @{ What = 'group, resource name and name'; Call = { Remove-AzOpenAIBlocklist -ResourceGroupName rg -ResourceName contoso -Name rivals -Force } }
        @{ What = 'a row of a table'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; Name = 'rivals' } | Remove-AzOpenAIBlocklist -Force } }
        @{ What = '-Confirm:$false in place of -Force'; Call = { Remove-AzOpenAIBlocklist $id -Confirm:$false } }
    ) {
        & $Call | Should -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeFalse -Because 'the command waits until it is gone'
        Test-Exists $emulator "$elsewhereId/raiBlocklists/rivals" | Should -BeTrue
    }

    It 'keeps the subscription of a piped object' {
        Get-AzOpenAIBlocklist $elsewhereId rivals | Remove-AzOpenAIBlocklist -Force
        Test-Exists $emulator "$elsewhereId/raiBlocklists/rivals" | Should -BeFalse
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'returns the object with -PassThru' {
        (Remove-AzOpenAIBlocklist $id -Force -PassThru).Id | Should -Be $id
    }

    It 'writes nothing and emits nothing under -WhatIf <Extra>' -ForEach @(@{ Extra = @{} }, @{ Extra = @{ Force = $true; PassThru = $true } }, @{ Extra = @{ Confirm = $false } }) {
        Remove-AzOpenAIBlocklist $id -WhatIf @Extra | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeTrue
    }
}

Describe 'Remove-AzOpenAIBlocklist, when something is wrong' {
    BeforeEach {
        Set-TestList
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/raiBlocklists/rivals"
    }

    It 'leaves a list that a content filter uses, and names the filter' {
        Set-TestFilter -Name guard -Property @{ customBlocklists = @(@{ blocklistName = 'rivals'; blocking = $true; source = 'Prompt' }) }
        Clear-EmulatorWrite $emulator
        try {
            $failure = Get-Failure { Remove-AzOpenAIBlocklist $id -Force -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -Be "BlocklistInUse,$class"
            $failure.Exception.Message | Should -Match 'guard'
            Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        }
        finally { Set-TestFilter -Name guard }
    }

    It 'says that there is none of that name, and names those there are' {
        $failure = Get-Failure { Remove-AzOpenAIBlocklist "$contosoId/raiBlocklists/nobody" -Force -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "BlocklistNotFound,$class"
        $failure.TargetObject | Should -Be "$contosoId/raiBlocklists/nobody"
        $failure.Exception.Suggestion | Should -Match 'rivals'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that a bare name is not enough' {
        $failure = Get-Failure { Remove-AzOpenAIBlocklist rivals -Force -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "BlocklistIdInvalid,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiBlocklists/delete'
        try { $failure = Get-Failure { Remove-AzOpenAIBlocklist $id -Force -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Remove-AzOpenAIBlocklist '$id' -Force"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.SetAzOpenAIContentFilterCommand'

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

Describe 'Set-AzOpenAIContentFilter' {
    BeforeEach {
        Set-TestFilter
        Set-TestFilter $elsewhereId
        Set-TestList
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/raiPolicies/strict"
    }

    It 'changes what is given and leaves the rest' {
        $filter = Get-AzOpenAIContentFilter contoso strict | Set-AzOpenAIContentFilter -HateCompletion High
        $filter.Hate | Should -Be 'Low/High'
        $filter.Changed | Should -BeTrue
        $filter.Drift -join '; ' | Should -Be 'HateCompletion: Medium -> High'
        $live = Get-TestFilter
        $live.mode | Should -Be 'Blocking'
        $live.basePolicyName | Should -Be 'Microsoft.Default'
        $live.contentFilters.Count | Should -Be 2
    }

    It 'adds a rule that the filter does not have yet' {
        (Set-AzOpenAIContentFilter $id -Jailbreak Block).Jailbreak | Should -Be 'Block'
        (Get-TestFilter).contentFilters.Count | Should -Be 3
    }

    It 'attaches blocklists and takes them out again, each side by itself' {
        $null = Set-AzOpenAIContentFilter $id -Blocklist rivals
        (Get-TestFilter).customBlocklists.source | Should -Be 'Prompt', 'Completion'
        $null = Set-AzOpenAIContentFilter $id -PromptBlocklist @()
        (Get-TestFilter).customBlocklists.source | Should -Be 'Completion'
        $null = Set-AzOpenAIContentFilter $id -Blocklist @()
        (Get-TestFilter).customBlocklists | Should -BeNullOrEmpty
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'an id'; Call = { Set-AzOpenAIContentFilter $id -Hate High } }
        @{ What = 'resource and name'; Call = { Set-AzOpenAIContentFilter -Resource $contosoId -Name strict -Hate High } }
        @{ What = 'group, resource name and name'; Call = { Set-AzOpenAIContentFilter -ResourceGroupName rg -ResourceName contoso -Name strict -Hate High } }
        @{ What = 'a row of a table'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; Name = 'strict' } | Set-AzOpenAIContentFilter -Hate High } }
        @{ What = 'an object out of another process'; Call = {
            [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AzOpenAIContentFilter contoso strict))) | Set-AzOpenAIContentFilter -Hate High } }
    ) {
        (& $Call).Hate | Should -Be 'High'
        (Get-TestFilter "$elsewhereId/raiPolicies/strict").contentFilters[0].severityThreshold | Should -Be 'Low'
    }

    It 'keeps the subscription of a piped filter' {
        $null = Get-AzOpenAIContentFilter $elsewhereId strict | Set-AzOpenAIContentFilter -Hate High
        (Get-TestFilter).contentFilters[0].severityThreshold | Should -Be 'Low'
        (Get-TestFilter "$elsewhereId/raiPolicies/strict").contentFilters[0].severityThreshold | Should -Be 'High'
    }

    It 'writes nothing where nothing differs' {
        $same = Set-AzOpenAIContentFilter $id -HatePrompt low -Mode Blocking
        $same.Changed | Should -BeFalse
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        Set-AzOpenAIContentFilter $id -Hate Off -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

Describe 'Set-AzOpenAIContentFilter, when something is wrong' {
    It 'says that nothing was given to change' {
        $failure = Get-Failure { Set-AzOpenAIContentFilter "$contosoId/raiPolicies/strict" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ContentFilterChangeMissing,*'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    BeforeEach {
        Set-TestFilter
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/raiPolicies/strict"
    }

    It 'says <ErrorId>' -ForEach @(
        @{ ErrorId = 'ContentFilterNotFound'; Call = { Set-AzOpenAIContentFilter "$contosoId/raiPolicies/nobody" -Hate Low -ErrorAction Stop } }
        @{ ErrorId = 'ContentFilterSystemManaged'; Call = { Get-AzOpenAIContentFilter contoso Microsoft.Default | Set-AzOpenAIContentFilter -Hate Low -ErrorAction Stop } }
        @{ ErrorId = 'ContentFilterIdInvalid'; Call = { Set-AzOpenAIContentFilter strict -Hate Low -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistNotFound'; Call = { Set-AzOpenAIContentFilter $id -Blocklist nobody -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiPolicies/write'
        try { $failure = Get-Failure { Set-AzOpenAIContentFilter $id -Hate High -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Set-AzOpenAIContentFilter '$id' -Hate High"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.NewAzOpenAIContentFilterCommand'

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

Describe 'New-AzOpenAIContentFilter' {
    BeforeEach {
        $null = Invoke-Arm $emulator "$contosoId/raiPolicies/strict" -Method DELETE
        $null = Wait-Until { -not (Test-Exists $emulator "$contosoId/raiPolicies/strict") }
        Clear-EmulatorWrite $emulator
        function Get-Rule([string] $Category, [string] $Side) { (Get-TestFilter).contentFilters | Where-Object { $_.name -eq $Category -and $_.source -eq $Side } }
    }

    It 'sets a severity for both sides, or for one' {
        $filter = New-AzOpenAIContentFilter contoso strict -Hate Low -Violence Medium -ViolencePrompt High
        $filter | Should -BeOfType ([AzOpenAI.ContentFilter])
        $filter.Hate | Should -Be 'Low'
        $filter.Violence | Should -Be 'High/Medium'
        (Get-Rule Hate Prompt).severityThreshold | Should -Be 'Low'
        (Get-Rule Hate Completion).severityThreshold | Should -Be 'Low'
        (Get-Rule Violence Prompt).severityThreshold | Should -Be 'High'
    }

    It 'sets <Parameter> <Level> as <Category> of <Sides>' -ForEach @(
        @{ Parameter = 'Sexual'; Level = 'Off'; Category = 'Sexual'; Sides = 'Prompt', 'Completion'; Enabled = $false; Blocking = $false }
        @{ Parameter = 'SelfHarm'; Level = 'Annotate'; Category = 'Selfharm'; Sides = 'Prompt', 'Completion'; Enabled = $true; Blocking = $false }
        @{ Parameter = 'SelfHarmCompletion'; Level = 'high'; Category = 'Selfharm'; Sides = , 'Completion'; Enabled = $true; Blocking = $true }
        @{ Parameter = 'Jailbreak'; Level = 'block'; Category = 'Jailbreak'; Sides = , 'Prompt'; Enabled = $true; Blocking = $true }
        @{ Parameter = 'IndirectAttack'; Level = 'Block'; Category = 'Indirect Attack'; Sides = , 'Prompt'; Enabled = $true; Blocking = $true }
        @{ Parameter = 'ProtectedText'; Level = 'Annotate'; Category = 'Protected Material Text'; Sides = , 'Completion'; Enabled = $true; Blocking = $false }
        @{ Parameter = 'ProtectedCode'; Level = 'Block'; Category = 'Protected Material Code'; Sides = , 'Completion'; Enabled = $true; Blocking = $true }
        @{ Parameter = 'Profanity'; Level = 'Block'; Category = 'Profanity'; Sides = 'Prompt', 'Completion'; Enabled = $true; Blocking = $true }
    ) {
        $arguments = @{ $Parameter = $Level }
        $null = New-AzOpenAIContentFilter contoso strict @arguments
        foreach ($side in $Sides) {
            $rule = Get-Rule $Category $side
            $rule.enabled | Should -Be $Enabled
            $rule.blocking | Should -Be $Blocking
        }
        @((Get-TestFilter).contentFilters | Where-Object name -eq $Category).Count | Should -Be $(if ($Category -in 'Selfharm') { 2 } else { @($Sides).Count })
    }

    It 'takes what is not given from the base policy' {
        $filter = New-AzOpenAIContentFilter contoso strict -Hate High -BasePolicy Microsoft.Default
        $filter.BasePolicy | Should -Be 'Microsoft.Default'
        $filter.Sexual | Should -Be 'Medium'
        $filter.Jailbreak | Should -Be 'Block'
        (Get-TestFilter).basePolicyName | Should -Be 'Microsoft.Default'
    }

    It 'sets the mode <Mode> as <Wire>' -ForEach @(@{ Mode = 'Asynchronous'; Wire = 'Asynchronous_filter' }, @{ Mode = 'Blocking'; Wire = 'Blocking' }) {
        $null = New-AzOpenAIContentFilter contoso strict -Mode $Mode
        (Get-TestFilter).mode | Should -Be $Wire
    }

    It 'attaches blocklists by name and by object, for each side' {
        Set-TestList
        Set-TestList -Name codenames
        $null = New-AzOpenAIContentFilter contoso strict -Blocklist rivals -CompletionBlocklist (Get-AzOpenAIBlocklist contoso)
        @((Get-TestFilter).customBlocklists | ForEach-Object { "$($_.blocklistName) $($_.source) $($_.blocking)" }) |
            Should -Be 'rivals Prompt True', 'rivals Completion True', 'codenames Completion True'
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'a piped resource'; Call = { Get-AzOpenAIResource contoso | New-AzOpenAIContentFilter -Name strict } }
        @{ What = 'a resource id'; Call = { New-AzOpenAIContentFilter $contosoId strict } }
        @{ What = 'group and name'; Call = { New-AzOpenAIContentFilter -ResourceGroupName rg -ResourceName contoso -Name strict } }
        @{ What = 'a row of a table'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso' } | New-AzOpenAIContentFilter -Name strict } }
    ) {
        (& $Call).Id | Should -Be "$contosoId/raiPolicies/strict"
        Test-Exists $emulator "$elsewhereId/raiPolicies/strict" | Should -BeFalse
    }

    It 'goes on to a deployment that uses it' {
        $deployment = New-AzOpenAIContentFilter contoso strict -Hate Low | New-AzOpenAIDeployment -Name guarded -Model gpt-5-nano -Capacity 1 -NoProbe -Ensure
        $deployment.ContentFilter | Should -Be 'strict'
        Remove-AzOpenAIDeployment $deployment -Force
    }

    It 'writes nothing the second time with -Ensure, and only what differs the third' {
        (New-AzOpenAIContentFilter contoso strict -Hate Low -Mode Blocking -Ensure).Changed | Should -BeTrue
        Clear-EmulatorWrite $emulator
        $again = New-AzOpenAIContentFilter contoso strict -Hate Low -Mode Blocking -Ensure
        $again.Changed | Should -BeFalse
        $again.Drift | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        $third = New-AzOpenAIContentFilter contoso strict -Hate Low -HateCompletion High -Ensure
        $third.Drift -join '; ' | Should -Be 'HateCompletion: Low -> High'
        (Get-TestFilter).mode | Should -Be 'Blocking' -Because 'what is not given is not drift'
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        New-AzOpenAIContentFilter contoso strict -Hate Low -WhatIf | Should -BeNullOrEmpty
        New-AzOpenAIContentFilter contoso strict -Ensure -WhatIf | New-AzOpenAIDeployment -Model gpt-5-mini | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

Describe 'New-AzOpenAIContentFilter, when something is wrong' {
    BeforeEach {
        Set-TestFilter -Name taken
        Set-TestList
        Clear-EmulatorWrite $emulator
    }
    AfterEach { Get-EmulatorWrite $emulator | Should -BeNullOrEmpty }

    It 'says <ErrorId>: <What>' -ForEach @(
        @{ ErrorId = 'ContentFilterExists'; What = 'the name is taken'; Call = { New-AzOpenAIContentFilter contoso taken -ErrorAction Stop }; Advice = '-Ensure' }
        @{ ErrorId = 'ContentFilterSystemManaged'; What = 'the name is of the service'; Call = { New-AzOpenAIContentFilter contoso Microsoft.DefaultV2 -Hate Low -Ensure -ErrorAction Stop }; Advice = '-BasePolicy' }
        @{ ErrorId = 'ContentFilterNotFound'; What = 'no such base policy'; Call = { New-AzOpenAIContentFilter contoso fresh -BasePolicy Microsoft.Defalt -ErrorAction Stop }; Advice = 'Microsoft.Default' }
        @{ ErrorId = 'BlocklistNotFound'; What = 'no such blocklist'; Call = { New-AzOpenAIContentFilter contoso fresh -Blocklist rival -ErrorAction Stop }; Advice = 'rivals' }
        @{ ErrorId = 'ResourceNotFound'; What = 'no such resource'; Call = { New-AzOpenAIContentFilter nobody fresh -ErrorAction Stop }; Advice = '.' }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        $failure.Exception.Suggestion | Should -Match ([regex]::Escape($Advice))
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'refuses the name <_> also under -WhatIf' -ForEach 'bad name/x', 'a?b', ' a' {
        $name = $_
        $failure = Get-Failure { New-AzOpenAIContentFilter contoso $name -WhatIf -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ContentFilterNameInvalid,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'refuses a blocklist and a base of another resource' {
        Set-TestList $elsewhereId
        Set-TestList
        Set-TestFilter $elsewhereId
        Clear-EmulatorWrite $emulator
        $list = Get-AzOpenAIBlocklist $elsewhereId rivals
        $failure = Get-Failure { New-AzOpenAIContentFilter $contosoId fresh -Blocklist $list -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "BlocklistElsewhere,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $base = Get-AzOpenAIContentFilter $elsewhereId strict
        (Get-Failure { New-AzOpenAIContentFilter $contosoId fresh -BasePolicy $base -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "ContentFilterElsewhere,$class"
        # The service's own filters are everywhere.
        $system = Get-AzOpenAIContentFilter $elsewhereId Microsoft.Default
        New-AzOpenAIContentFilter $contosoId fresh -BasePolicy $system -WhatIf -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'lists the levels where another is given' {
        $failure = Get-Failure { New-AzOpenAIContentFilter contoso fresh -Hate Extreme }
        "$failure" | Should -Match 'Off,Annotate,Low,Medium,High'
    }
}

Describe 'New-AzOpenAIContentFilter, when the service does not answer' {
    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiPolicies/write'
        try { $failure = Get-Failure { New-AzOpenAIContentFilter contoso fresh -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "New-AzOpenAIContentFilter '$contosoId' fresh"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

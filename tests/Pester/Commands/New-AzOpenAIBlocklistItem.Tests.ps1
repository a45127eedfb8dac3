BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.NewAzOpenAIBlocklistItemCommand'

    function Set-TestList([string] $ResourceId = $contosoId, [string] $Name = 'rivals', [string] $Description = 'Competitors') {
        Assert-Status (Invoke-Arm $emulator "$ResourceId/raiBlocklists/$Name" -Method PUT -Body @{ properties = @{ description = $Description } })
    }

    function Reset-TestList([string] $ResourceId = $contosoId, [string] $Name = 'rivals') {
        Set-TestList $ResourceId $Name
        $there = @(Get-TestItem $ResourceId $Name)
        if ($there.Count) { Assert-Status (Invoke-Arm $emulator "$ResourceId/raiBlocklists/$Name/deleteRaiBlocklistItems" -Method POST -Body @($there.name)) }
    }

    function Get-TestItem([string] $ResourceId = $contosoId, [string] $Name = 'rivals') {
        (Invoke-Arm $emulator "$ResourceId/raiBlocklists/$Name/raiBlocklistItems").Body.value
    }

    function Set-TestItem([string] $Item, [string] $Pattern, [bool] $IsRegex = $false, [string] $ResourceId = $contosoId) {
        Assert-Status (Invoke-Arm $emulator "$ResourceId/raiBlocklists/rivals/raiBlocklistItems/$Item" -Method PUT -Body @{ properties = @{ pattern = $Pattern; isRegex = $IsRegex } })
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'New-AzOpenAIBlocklistItem' {
    BeforeEach {
        Reset-TestList
        Clear-EmulatorWrite $emulator
        $list = "$contosoId/raiBlocklists/rivals"
    }

    It 'adds patterns to a piped blocklist' {
        $items = Get-AzOpenAIBlocklist contoso rivals | New-AzOpenAIBlocklistItem -Pattern Fabrikam, Northwind
        $items | Should -BeOfType ([AzOpenAI.BlocklistItem])
        $items.Pattern | Should -Be 'Fabrikam', 'Northwind'
        (Get-TestItem).properties.pattern | Should -Be 'Fabrikam', 'Northwind'
        (Get-TestItem).name | Should -Be $items.Name
    }

    It 'adds texts of the pipeline in one request' {
        $items = 'a', 'b', 'c' | New-AzOpenAIBlocklistItem rivals -Resource $contosoId
        $items.Pattern | Should -Be 'a', 'b', 'c'
        @(Get-EmulatorWrite $emulator).path | Should -HaveCount 1
    }

    It 'sends <Count> items in <Batches> batches, and emits them in their order' -ForEach @(@{ Count = 100; Batches = 1 }, @{ Count = 101; Batches = 2 }, @{ Count = 250; Batches = 3 }) {
        $items = 1..$Count | ForEach-Object { "term $_" } | New-AzOpenAIBlocklistItem $list
        $items.Pattern | Should -Be @(1..$Count | ForEach-Object { "term $_" })
        @(Get-EmulatorWrite $emulator).Count | Should -Be $Batches
        @(Get-TestItem).Count | Should -Be $Count
    }

    It 'sends a batch as soon as it is full' {
        1..150 | ForEach-Object { "term $_" } | New-AzOpenAIBlocklistItem $list | Select-Object -First 1 | ForEach-Object Pattern | Should -Be 'term 1'
        @(Get-TestItem).Count | Should -Be 100
    }

    It 'takes name, pattern and kind from the rows of a table' {
        $items = @'
Name,Pattern,IsRegex
codename,Bluebird,false
serial,SN-[A-Z]+,true
'@ | ConvertFrom-Csv | New-AzOpenAIBlocklistItem $list
        $items.Name | Should -Be 'codename', 'serial'
        (Get-TestItem).properties.isRegex | Should -Be $false, $true
    }

    It 'copies the items of another list' {
        Reset-TestList -Name copies
        $null = New-AzOpenAIBlocklistItem $list -Name serial -Pattern 'SN-[A-Z]+' -IsRegex
        $null = Get-AzOpenAIBlocklistItem $list | New-AzOpenAIBlocklistItem copies -Resource $contosoId
        (Get-TestItem -Name copies).properties.pattern | Should -Be 'SN-[A-Z]+'
        (Get-TestItem -Name copies).properties.isRegex | Should -BeTrue
    }

    It 'takes a blocklist out of another process' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AzOpenAIBlocklist contoso rivals)))
        ($copy | New-AzOpenAIBlocklistItem -Pattern Fabrikam).BlocklistId | Should -Be $list
    }

    It 'gives the same term the same name, and writes nothing the second time' {
        $first = New-AzOpenAIBlocklistItem $list -Pattern Fabrikam
        Clear-EmulatorWrite $emulator
        (New-AzOpenAIBlocklistItem $list -Pattern Fabrikam).Name | Should -Be $first.Name
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'adds a term once that is there twice in its input' {
        @('a', 'b', 'a' | New-AzOpenAIBlocklistItem $list).Count | Should -Be 2
        @(Get-TestItem).Count | Should -Be 2
    }

    It 'keeps the subscription of a piped blocklist' {
        Reset-TestList $elsewhereId
        $null = Get-AzOpenAIBlocklist $elsewhereId rivals | New-AzOpenAIBlocklistItem -Pattern Fabrikam
        @(Get-TestItem $elsewhereId).Count | Should -Be 1
        @(Get-TestItem).Count | Should -Be 0
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        'a', 'b' | New-AzOpenAIBlocklistItem $list -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

Describe 'New-AzOpenAIBlocklistItem, when something is wrong' {
    BeforeEach {
        Reset-TestList
        Clear-EmulatorWrite $emulator
        $list = "$contosoId/raiBlocklists/rivals"
    }

    It 'gives one error for each item that the service refuses, and adds the others' {
        $errors = $null
        $items = 'a+', '(', 'b+', '[', 'c+' | New-AzOpenAIBlocklistItem $list -IsRegex -ErrorAction SilentlyContinue -ErrorVariable errors
        $items.Pattern | Should -Be 'a+', 'b+', 'c+'
        $errors.TargetObject | Should -Be '(', '['
        $errors.FullyQualifiedErrorId | Select-Object -Unique | Should -Be "BlocklistItemRefused,$class"
        $errors | ForEach-Object { Find-ErrorDefect $_ } | Should -BeNullOrEmpty
        @(Get-TestItem).Count | Should -Be 3
    }

    It 'gives one error for each item that cannot be sent, and adds the others' {
        $errors = $null
        $rows = [pscustomobject]@{ Pattern = 'good' }, [pscustomobject]@{ Pattern = ('x' * 1001) }, [pscustomobject]@{ Name = 'two words'; Pattern = 'b' }, [pscustomobject]@{ Term = 'c' }
        $items = $rows | New-AzOpenAIBlocklistItem $list -ErrorAction SilentlyContinue -ErrorVariable errors
        $items.Pattern | Should -Be 'good'
        $errors.FullyQualifiedErrorId | Should -Be "BlocklistItemInvalid,$class", "BlocklistItemInvalid,$class", "BlocklistPatternMissing,$class"
        $errors[2].TargetObject.Term | Should -Be 'c'
    }

    It 'does not overwrite an item that has another pattern' {
        Set-TestItem one Fabrikam
        Clear-EmulatorWrite $emulator
        $failure = Get-Failure { New-AzOpenAIBlocklistItem $list -Name one -Pattern Other -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "BlocklistItemExists,$class"
        $failure.TargetObject | Should -Be 'Other'
        $failure.Exception.Message | Should -Match 'Fabrikam'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'says <ErrorId>' -ForEach @(
        @{ ErrorId = 'BlocklistMissing'; Call = { 'a' | New-AzOpenAIBlocklistItem -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistPatternMissing'; Call = { New-AzOpenAIBlocklistItem $list -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistIdInvalid'; Call = { 'a' | New-AzOpenAIBlocklistItem rivals -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistNotFound'; Call = { 'a' | New-AzOpenAIBlocklistItem rival -Resource $contosoId -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'tries a term again whose batch was denied, and emits nothing that is not there' {
        Add-EmulatorDenial $emulator 'addRaiBlocklistItems'
        $errors = $null
        try { $items = @(1..100) + 1 | ForEach-Object { "term $_" } | New-AzOpenAIBlocklistItem $list -ErrorAction SilentlyContinue -ErrorVariable errors }
        finally { Clear-EmulatorFault $emulator }
        $items | Should -BeNullOrEmpty
        $errors | Should -HaveCount 101
        $errors.TargetObject | Select-Object -First 2 | Should -Be 'term 1', 'term 2'
    }

    It 'emits nothing for a repeated term under -WhatIf' {
        @(1..100) + 1 | ForEach-Object { "term $_" } | New-AzOpenAIBlocklistItem $list -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'sends the other batches where one fails, also those of another list' {
        Set-TestList -Name second
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 403; count = 1; match = @{ path = 'addRaiBlocklistItems' } }
        $errors = $null
        try { $items = New-AzOpenAIBlocklistItem $list -Pattern (1..250 | ForEach-Object { "term $_" }) -ErrorAction SilentlyContinue -ErrorVariable errors }
        finally { Clear-EmulatorFault $emulator }
        $items | Should -HaveCount 150
        $errors | Should -HaveCount 100
        $errors[99].TargetObject | Should -Be 'term 100'

        Reset-TestList
        Reset-TestList -Name second
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 403; count = 1; match = @{ path = 'addRaiBlocklistItems' } }
        try { $items = 'rivals', 'second' | ForEach-Object { Get-AzOpenAIBlocklist contoso $_ } | New-AzOpenAIBlocklistItem -Pattern a -ErrorAction SilentlyContinue -ErrorVariable errors }
        finally { Clear-EmulatorFault $emulator }
        $items | Should -HaveCount 1
        $errors.TargetObject | Should -Be 'a'
    }

    It 'refuses an IsRegex that is neither true nor false' {
        $failure = Get-Failure { [pscustomobject]@{ Pattern = 'SN-[A-Z]+'; IsRegex = 'yes' } | New-AzOpenAIBlocklistItem $list -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "BlocklistItemInvalid,$class"
        $failure.Exception.Message | Should -Match "'yes'"
        Get-TestItem | Should -BeNullOrEmpty
    }

    It 'refuses patterns that are given twice, and blocklists' {
        (Get-Failure { 'x' | New-AzOpenAIBlocklistItem $list -Pattern y -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "ParameterConflict,$class"
        (Get-Failure { Get-AzOpenAIBlocklist contoso rivals | New-AzOpenAIBlocklistItem other -Pattern y -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "ParameterConflict,$class"
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'writes into the subscription that is asked for, not into that of the piped items' {
        Reset-TestList $elsewhereId
        $item = New-AzOpenAIBlocklistItem "$elsewhereId/raiBlocklists/rivals" -Pattern Fabrikam
        ($item | New-AzOpenAIBlocklistItem rivals -Resource contoso).BlocklistId | Should -Be $list
        @(Get-TestItem).Count | Should -Be 1
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator 'addRaiBlocklistItems'
        try { $failure = Get-Failure { New-AzOpenAIBlocklistItem $list -Pattern a -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "'a' | New-AzOpenAIBlocklistItem '$list'"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.RemoveAzOpenAIBlocklistItemCommand'

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

Describe 'Remove-AzOpenAIBlocklistItem' {
    BeforeEach {
        Reset-TestList
        Set-TestItem one Fabrikam
        Set-TestItem two Northwind
        Clear-EmulatorWrite $emulator
        $list = "$contosoId/raiBlocklists/rivals"
        $id = "$list/raiBlocklistItems/one"
    }

    It 'takes <What> and emits nothing' -ForEach @(
        @{ What = 'a piped item'; Call = { Get-AzOpenAIBlocklistItem $list one | Remove-AzOpenAIBlocklistItem -Force } }
        @{ What = 'an id'; Call = { Remove-AzOpenAIBlocklistItem $id -Force } }
        @{ What = 'blocklist, resource and name'; Call = { Remove-AzOpenAIBlocklistItem -Blocklist rivals -Resource $contosoId -Name one -Force } }
        @{ What = '-Confirm:$false in place of -Force'; Call = { Remove-AzOpenAIBlocklistItem $id -Confirm:$false } }
    ) {
        & $Call | Should -BeNullOrEmpty
        (Get-TestItem).name | Should -Be 'two'
    }

    It 'removes items of the pipeline in batches' {
        $null = 1..150 | ForEach-Object { "term $_" } | New-AzOpenAIBlocklistItem $list
        Clear-EmulatorWrite $emulator
        Get-AzOpenAIBlocklistItem $list | Remove-AzOpenAIBlocklistItem -Force
        Get-TestItem | Should -BeNullOrEmpty
        @(Get-EmulatorWrite $emulator).Count | Should -Be 2
    }

    It 'returns the items with -PassThru' {
        (Remove-AzOpenAIBlocklistItem -Blocklist $list -Name one, two -Force -PassThru).Pattern | Should -Be 'Fabrikam', 'Northwind'
    }

    It 'writes nothing and emits nothing under -WhatIf <Extra>' -ForEach @(@{ Extra = @{} }, @{ Extra = @{ Force = $true; PassThru = $true } }, @{ Extra = @{ Confirm = $false } }) {
        Remove-AzOpenAIBlocklistItem $id -WhatIf @Extra | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        @(Get-TestItem).Count | Should -Be 2
    }
}

Describe 'Remove-AzOpenAIBlocklistItem, when something is wrong' {
    BeforeEach {
        Reset-TestList
        Set-TestItem one Fabrikam
        Clear-EmulatorWrite $emulator
        $list = "$contosoId/raiBlocklists/rivals"
        $id = "$list/raiBlocklistItems/one"
    }

    It 'gives an error for an item that is not there, and removes the others' {
        $errors = $null
        Remove-AzOpenAIBlocklistItem -Blocklist $list -Name onne, one -Force -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors.FullyQualifiedErrorId | Should -Be "BlocklistItemNotFound,$class"
        $errors.TargetObject | Should -Be 'onne'
        Find-ErrorDefect $errors[0] | Should -BeNullOrEmpty
        Get-TestItem | Should -BeNullOrEmpty
    }

    It 'says <ErrorId>' -ForEach @(
        @{ ErrorId = 'BlocklistNotFound'; Call = { Remove-AzOpenAIBlocklistItem -Blocklist nobody -Resource $contosoId -Name one -Force -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistIdInvalid'; Call = { Remove-AzOpenAIBlocklistItem -Blocklist rivals -Name one -Force -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'sends the batches of the other lists where one fails, with one error for each item' {
        Assert-Status (Invoke-Arm $emulator "$contosoId/raiBlocklists/second" -Method PUT -Body @{ properties = @{ description = 'x' } })
        Assert-Status (Invoke-Arm $emulator "$contosoId/raiBlocklists/second/raiBlocklistItems/two" -Method PUT -Body @{ properties = @{ pattern = 'b'; isRegex = $false } })
        $items = @(Get-AzOpenAIBlocklistItem $list one) + @(Get-AzOpenAIBlocklistItem "$contosoId/raiBlocklists/second" two)
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 403; count = 1; match = @{ path = 'deleteRaiBlocklistItems' } }
        $errors = $null
        try { $items | Remove-AzOpenAIBlocklistItem -Force -ErrorAction SilentlyContinue -ErrorVariable errors }
        finally { Clear-EmulatorFault $emulator }
        $errors.TargetObject.Name | Should -Be 'one'
        @(Get-AzOpenAIBlocklistItem "$contosoId/raiBlocklists/second") | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator 'deleteRaiBlocklistItems'
        try { $failure = Get-Failure { Remove-AzOpenAIBlocklistItem $id -Force -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Remove-AzOpenAIBlocklistItem '$id' -Force"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

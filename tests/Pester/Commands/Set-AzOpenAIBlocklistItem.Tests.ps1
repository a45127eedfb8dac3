BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.SetAzOpenAIBlocklistItemCommand'

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

Describe 'Set-AzOpenAIBlocklistItem' {
    BeforeEach {
        Reset-TestList
        Set-TestItem one Fabricam
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/raiBlocklists/rivals/raiBlocklistItems/one"
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'a piped item'; Call = { Get-AzOpenAIBlocklistItem rivals one -Resource $contosoId | Set-AzOpenAIBlocklistItem -Pattern Fabrikam } }
        @{ What = 'an id'; Call = { Set-AzOpenAIBlocklistItem $id -Pattern Fabrikam } }
        @{ What = 'blocklist, resource and name'; Call = { Set-AzOpenAIBlocklistItem -Blocklist rivals -Resource $contosoId -Name one -Pattern Fabrikam } }
        @{ What = 'an item out of another process'; Call = {
            [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AzOpenAIBlocklistItem rivals one -Resource $contosoId))) | Set-AzOpenAIBlocklistItem -Pattern Fabrikam } }
    ) {
        $item = & $Call
        $item.Pattern | Should -Be 'Fabrikam'
        $item.Id | Should -Be $id
        (Get-TestItem).properties.pattern | Should -Be 'Fabrikam'
    }

    It 'changes the kind alone, both ways' {
        (Set-AzOpenAIBlocklistItem $id -IsRegex).IsRegex | Should -BeTrue
        (Get-TestItem).properties.pattern | Should -Be 'Fabricam'
        (Set-AzOpenAIBlocklistItem $id -IsRegex:$false).IsRegex | Should -BeFalse
    }

    It 'writes nothing where nothing differs' {
        (Set-AzOpenAIBlocklistItem $id -Pattern Fabricam).Pattern | Should -Be 'Fabricam'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        Set-AzOpenAIBlocklistItem $id -Pattern Fabrikam -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

Describe 'Set-AzOpenAIBlocklistItem, when something is wrong' {
    BeforeEach {
        Reset-TestList
        Set-TestItem one Fabricam
        $id = "$contosoId/raiBlocklists/rivals/raiBlocklistItems/one"
    }

    It 'says <ErrorId>' -ForEach @(
        @{ ErrorId = 'BlocklistItemNotFound'; Call = { Set-AzOpenAIBlocklistItem -Blocklist rivals -Resource $contosoId -Name onne -Pattern x -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistItemInvalid'; Call = { Set-AzOpenAIBlocklistItem $id -Pattern ('x' * 1001) -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistItemRefused'; Call = { Set-AzOpenAIBlocklistItem $id -Pattern '(' -IsRegex -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistNotFound'; Call = { Set-AzOpenAIBlocklistItem -Blocklist nobody -Resource $contosoId -Name one -Pattern x -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        (Get-TestItem).properties.pattern | Should -Be 'Fabricam'
    }

    It 'says that a bare name is no id' {
        "$(Get-Failure { Set-AzOpenAIBlocklistItem one -Pattern x -ErrorAction Stop })" | Should -Match "isn't the ID of a blocklist item"
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiBlocklistItems/write'
        try { $failure = Get-Failure { Set-AzOpenAIBlocklistItem $id -Pattern x -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Set-AzOpenAIBlocklistItem '$id' -Pattern x"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

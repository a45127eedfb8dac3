BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.SetAzOpenAIBlocklistCommand'

    function Set-TestList([string] $ResourceId = $contosoId, [string] $Name = 'rivals', [string] $Description = 'Competitors') {
        Assert-Status (Invoke-Arm $emulator "$ResourceId/raiBlocklists/$Name" -Method PUT -Body @{ properties = @{ description = $Description } })
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Set-AzOpenAIBlocklist' {
    BeforeEach {
        Set-TestList
        Set-TestList $elsewhereId
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/raiBlocklists/rivals"
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'a piped object'; Call = { Get-AzOpenAIBlocklist contoso rivals | Set-AzOpenAIBlocklist -Description Others } }
        @{ What = 'an id'; Call = { Set-AzOpenAIBlocklist $id -Description Others } }
        @{ What = 'resource and name'; Call = { Set-AzOpenAIBlocklist -Resource $contosoId -Name rivals -Description Others } }
        @{ What = 'group, resource name and name'; Call = { Set-AzOpenAIBlocklist -ResourceGroupName rg -ResourceName contoso -Name rivals -Description Others } }
        @{ What = 'a row of a table'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; Name = 'rivals' } | Set-AzOpenAIBlocklist -Description Others } }
    ) {
        (& $Call).Description | Should -Be 'Others'
        (Invoke-Arm $emulator $id).Body.properties.description | Should -Be 'Others'
        (Invoke-Arm $emulator "$elsewhereId/raiBlocklists/rivals").Body.properties.description | Should -Be 'Competitors'
    }

    It 'keeps the items' {
        Assert-Status (Invoke-Arm $emulator "$id/raiBlocklistItems/one" -Method PUT -Body @{ properties = @{ pattern = 'Fabrikam' } })
        $null = Set-AzOpenAIBlocklist $id -Description ''
        (Invoke-Arm $emulator "$id/raiBlocklistItems").Body.value.name | Should -Be 'one'
    }

    It 'takes no description and an empty one for the same' {
        Assert-Status (Invoke-Arm $emulator "$contosoId/raiBlocklists/bare" -Method PUT -Body @{ properties = @{} })
        Clear-EmulatorWrite $emulator
        (Set-AzOpenAIBlocklist "$contosoId/raiBlocklists/bare" -Description '').Name | Should -Be 'bare'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'writes nothing where nothing differs' {
        (Set-AzOpenAIBlocklist $id -Description Competitors).Description | Should -Be 'Competitors'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        Set-AzOpenAIBlocklist $id -Description Others -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

Describe 'Set-AzOpenAIBlocklist, when something is wrong' {
    BeforeEach {
        Set-TestList
        $id = "$contosoId/raiBlocklists/rivals"
    }

    It 'says <ErrorId>' -ForEach @(
        @{ ErrorId = 'BlocklistNotFound'; Call = { Set-AzOpenAIBlocklist "$contosoId/raiBlocklists/nobody" -Description x -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistIdInvalid'; Call = { Set-AzOpenAIBlocklist rivals -Description x -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiBlocklists/write'
        try { $failure = Get-Failure { Set-AzOpenAIBlocklist $id -Description Others -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Set-AzOpenAIBlocklist '$id' -Description Others"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

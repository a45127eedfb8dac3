BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.NewAzOpenAIBlocklistCommand'

    function Set-TestList([string] $ResourceId = $contosoId, [string] $Name = 'rivals', [string] $Description = 'Competitors') {
        Assert-Status (Invoke-Arm $emulator "$ResourceId/raiBlocklists/$Name" -Method PUT -Body @{ properties = @{ description = $Description } })
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'New-AzOpenAIBlocklist' {
    BeforeEach {
        $null = Invoke-Arm $emulator "$contosoId/raiBlocklists/rivals" -Method DELETE
        $null = Wait-Until { -not (Test-Exists $emulator "$contosoId/raiBlocklists/rivals") }
        Clear-EmulatorWrite $emulator
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'a piped resource'; Call = { Get-AzOpenAIResource contoso | New-AzOpenAIBlocklist -Name rivals -Description Competitors } }
        @{ What = 'a resource id'; Call = { New-AzOpenAIBlocklist $contosoId rivals -Description Competitors } }
        @{ What = 'group and name'; Call = { New-AzOpenAIBlocklist -ResourceGroupName rg -ResourceName contoso -Name rivals -Description Competitors } }
    ) {
        $list = & $Call
        $list | Should -BeOfType ([AzOpenAI.Blocklist])
        $list.Id | Should -Be "$contosoId/raiBlocklists/rivals"
        (Invoke-Arm $emulator $list.Id).Body.properties.description | Should -Be 'Competitors'
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        New-AzOpenAIBlocklist contoso rivals -WhatIf | New-AzOpenAIBlocklistItem -Pattern a | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

Describe 'New-AzOpenAIBlocklist, when something is wrong' {
    BeforeEach {
        Set-TestList -Name taken
        Clear-EmulatorWrite $emulator
    }

    It 'says <ErrorId>' -ForEach @(
        @{ ErrorId = 'BlocklistExists'; Call = { New-AzOpenAIBlocklist contoso taken -ErrorAction Stop } }
        @{ ErrorId = 'BlocklistNameInvalid'; Call = { New-AzOpenAIBlocklist contoso 'two words' -ErrorAction Stop } }
        @{ ErrorId = 'ResourceNotFound'; Call = { New-AzOpenAIBlocklist nobody rivals -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiBlocklists/write'
        try { $failure = Get-Failure { New-AzOpenAIBlocklist contoso fresh -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "New-AzOpenAIBlocklist '$contosoId' fresh"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

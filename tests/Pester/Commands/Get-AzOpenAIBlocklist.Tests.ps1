BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.GetAzOpenAIBlocklistCommand'

    function Set-TestList([string] $ResourceId = $contosoId, [string] $Name = 'rivals', [string] $Description = 'Competitors') {
        Assert-Status (Invoke-Arm $emulator "$ResourceId/raiBlocklists/$Name" -Method PUT -Body @{ properties = @{ description = $Description } })
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIBlocklist' {
    BeforeAll {
        Set-TestList
        Set-TestList -Name codenames -Description ''
        Set-TestList $elsewhereId elsewhere
    }

    It 'lists the blocklists of the resource' {
        $lists = Get-AzOpenAIBlocklist contoso
        $lists | Should -BeOfType ([AzOpenAI.Blocklist])
        $lists.Name | Should -Be 'rivals', 'codenames'
        $lists[0].Description | Should -Be 'Competitors'
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'the name of a resource'; Call = { Get-AzOpenAIBlocklist contoso rivals } }
        @{ What = 'the id of a resource'; Call = { Get-AzOpenAIBlocklist $contosoId rivals } }
        @{ What = 'group and name'; Call = { Get-AzOpenAIBlocklist -ResourceGroupName rg -ResourceName contoso -Name rivals } }
        @{ What = 'a piped resource'; Call = { Get-AzOpenAIResource contoso | Get-AzOpenAIBlocklist -Name rivals } }
        @{ What = 'a blocklist, to read it again'; Call = { Get-AzOpenAIBlocklist contoso rivals | Get-AzOpenAIBlocklist } }
        @{ What = 'wildcards'; Call = { Get-AzOpenAIBlocklist contoso RIV* } }
    ) {
        (& $Call).Id | Should -Be "$contosoId/raiBlocklists/rivals"
    }

    It 'keeps the subscription of a piped resource' {
        (Get-AzOpenAIResource contoso -Subscription $other | Get-AzOpenAIBlocklist).Name | Should -Be 'elsewhere'
    }
}

Describe 'Get-AzOpenAIBlocklist, when something is wrong' {
    It 'names the blocklists there are' {
        $failure = Get-Failure { Get-AzOpenAIBlocklist contoso rival -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "BlocklistNotFound,$class"
        $failure.Exception.Suggestion | Should -Match 'Available: rivals'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiBlocklists/read'
        try { $failure = Get-Failure { Get-AzOpenAIBlocklist contoso -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Get-AzOpenAIBlocklist '$contosoId'"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

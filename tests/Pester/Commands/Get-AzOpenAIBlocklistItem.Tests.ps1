BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.GetAzOpenAIBlocklistItemCommand'

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

Describe 'Get-AzOpenAIBlocklistItem' {
    BeforeAll {
        Reset-TestList
        Set-TestItem one Fabrikam
        Set-TestItem two 'Con\w+' $true
        Reset-TestList $elsewhereId
        Set-TestItem three Elsewhere -ResourceId $elsewhereId
    }

    It 'lists the items of a piped blocklist' {
        $items = Get-AzOpenAIBlocklist contoso rivals | Get-AzOpenAIBlocklistItem
        $items | Should -BeOfType ([AzOpenAI.BlocklistItem])
        $items.Pattern | Should -Be 'Fabrikam', 'Con\w+'
        $items.IsRegex | Should -Be $false, $true
        $items[0].BlocklistName | Should -Be 'rivals'
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'the id of a blocklist'; Call = { Get-AzOpenAIBlocklistItem "$contosoId/raiBlocklists/rivals" two } }
        @{ What = 'the name of a blocklist and its resource'; Call = { Get-AzOpenAIBlocklistItem rivals two -Resource $contosoId } }
        @{ What = 'a blocklist out of another process'; Call = {
            [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AzOpenAIBlocklist contoso rivals))) | Get-AzOpenAIBlocklistItem -Name two } }
        @{ What = 'a row of a table'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; Name = 'rivals' } | Get-AzOpenAIBlocklistItem -Name two } }
        @{ What = 'wildcards'; Call = { Get-AzOpenAIBlocklistItem rivals T* -Resource $contosoId } }
    ) {
        (& $Call).Id | Should -Be "$contosoId/raiBlocklists/rivals/raiBlocklistItems/two"
    }

    It 'keeps the subscription of a piped blocklist' {
        (Get-AzOpenAIBlocklist $elsewhereId rivals | Get-AzOpenAIBlocklistItem).Pattern | Should -Be 'Elsewhere'
    }

    It 'never reads a single item, which the service refuses' {
        $null = Get-AzOpenAIBlocklistItem rivals one -Resource $contosoId
        Get-EmulatorRequest $emulator | Where-Object { $_.method -eq 'GET' -and $_.path -match '/raiBlocklistItems/' } | Should -BeNullOrEmpty
    }

    It 'follows pages, and stops reading when nobody takes more' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 1 }
        try {
            @(Get-AzOpenAIBlocklistItem rivals -Resource $contosoId).Count | Should -Be 2
            $null = Invoke-EmulatorControl $emulator requests -Method DELETE
            (Get-AzOpenAIBlocklistItem rivals -Resource $contosoId | Select-Object -First 1).Name | Should -Be 'one'
            @(Get-EmulatorRequest $emulator | Where-Object path -match 'raiBlocklistItems').Count | Should -Be 1
        }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 250 } }
    }
}

Describe 'Get-AzOpenAIBlocklistItem, when something is wrong' {
    It 'says <ErrorId>' -ForEach @(
        @{ ErrorId = 'BlocklistItemNotFound'; Call = { Get-AzOpenAIBlocklistItem rivals onne -Resource $contosoId -ErrorAction Stop }; Advice = 'one' }
        @{ ErrorId = 'BlocklistNotFound'; Call = { Get-AzOpenAIBlocklistItem rival -Resource $contosoId -ErrorAction Stop }; Advice = 'rivals' }
        @{ ErrorId = 'BlocklistIdInvalid'; Call = { Get-AzOpenAIBlocklistItem rivals -ErrorAction Stop }; Advice = '-Resource' }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        $failure.Exception.Suggestion | Should -Match $Advice
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/raiBlocklistItems/read'
        try { $failure = Get-Failure { Get-AzOpenAIBlocklistItem rivals -Resource $contosoId -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Get-AzOpenAIBlocklistItem '$contosoId/raiBlocklists/rivals'"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

# Every type that a cmdlet says it puts out, found in the module, on an object with all properties set: its views, and what programs get of it.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $types = @(Get-Command -Module AzOpenAI -CommandType Cmdlet | ForEach-Object { $_.OutputType } | ForEach-Object { $_.Type } | Where-Object { $_ -and $_.Namespace -eq 'AzOpenAI' } |
        Sort-Object FullName -Unique)
    $cases = $types | ForEach-Object { @{ Name = $_.Name; Type = $_ } }
    $found = @{ Count = $types.Count }
    # PlainText types are made to show a key in full: as a list, which cuts nothing.
    $closed = $cases | Where-Object { $_.Name -notlike 'PlainText*' }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global -ErrorAction Stop
    $canary = 'c4n4ry' + [guid]::NewGuid().ToString('N')

    # A value for a property: as long as real ones are.
    function New-Sample([type] $Type, [string] $Name, [int] $Depth = 0) {
        $core = [Nullable]::GetUnderlyingType($Type) ?? $Type
        if ($core -eq [string]) {
            if ($Name -match 'Id$') { return '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-production/providers/Microsoft.CognitiveServices/accounts/contoso' }
            if ($Name -match 'Json|Raw') { return '{"a":1}' }
            return 'contoso-production'
        }
        if ($core -eq [securestring]) { return ConvertTo-SecureString $canary -AsPlainText -Force }
        if ($core -eq [Uri]) { return [Uri] 'https://contoso-production.openai.azure.com/' }
        if ($core -eq [bool]) { return $true }
        if ($core -eq [int]) { return 100000 }
        if ($core -eq [long]) { return 100000L }
        if ($core -in [double], [decimal]) { return 100000.5 }
        if ($core -eq [DateTimeOffset]) { return [DateTimeOffset]::new(2026, 11, 21, 9, 0, 0, [TimeSpan]::Zero) }
        if ($core -eq [DateTime]) { return [DateTime]::new(2026, 11, 21) }
        if ($core -eq [DateOnly]) { return [DateOnly]::new(2026, 11, 21) }
        if ($core -eq [TimeSpan]) { return [TimeSpan]::FromSeconds(90) }
        if ($core -eq [guid]) { return [guid] '11111111-1111-4111-8111-111111111111' }
        if ($core.IsEnum) { return [Enum]::GetValues($core).GetValue(0) }
        if ($Depth -gt 4) { return $null }
        if ($core.IsGenericType -and $core.IsInterface -and $core.GetGenericArguments().Count -eq 2) {
            $map = [System.Collections.Generic.Dictionary[string, string]]::new()
            if (-not $core.IsAssignableFrom($map.GetType())) { return $null }
            $map.Add('team', 'search')
            return , $map
        }
        if ($core.IsGenericType -and $core.IsInterface -and $core.GetGenericArguments().Count -eq 1) {
            $item = $core.GetGenericArguments()[0]
            $list = [Array]::CreateInstance($item, 1)
            $list[0] = New-Sample $item $Name ($Depth + 1)
            return , $list
        }
        if ($core.IsClass -and -not $core.IsAbstract -and $core.Namespace -eq 'AzOpenAI' -and $core.GetConstructors().Count) { return New-SampleObject $core ($Depth + 1) }
        $null
    }

    function New-SampleObject([type] $Type, [int] $Depth = 0) {
        $constructor = @($Type.GetConstructors() | Sort-Object { $_.GetParameters().Count })[0]
        $arguments = @(foreach ($parameter in $constructor.GetParameters()) { , (New-Sample $parameter.ParameterType $parameter.Name $Depth) })
        $object = $constructor.Invoke($arguments)
        foreach ($property in $Type.GetProperties()) {
            if (-not $property.CanWrite -or $property.GetIndexParameters().Count) { continue }
            $value = New-Sample $property.PropertyType $property.Name $Depth
            if ($null -ne $value) { $property.SetValue($object, $value) }
        }
        $object
    }
}

Describe 'An output type' {
    It 'is found for most cmdlets' -ForEach $found { $Count | Should -BeGreaterThan 7 }

    It '<Name> has a view of its own, in at most 120 columns with whole heads' -ForEach $closed {
        $view = @(Get-FormatData -TypeName $Type.FullName -PowerShellVersion $PSVersionTable.PSVersion)
        $view | Should -Not -BeNullOrEmpty
        $global:Error.Clear()
        $object = New-SampleObject $Type
        $lines = @(($object, $object | Out-String -Width 120) -split '\r?\n')
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        if ($view[0].FormatViewDefinition[0].Control -is [System.Management.Automation.TableControl]) {
            $rule = @($lines | Where-Object { $_ -match '^-+( +-+)* *$' })
            $rule | Should -HaveCount 1 -Because 'it is one table'
            $header = $lines[[array]::IndexOf($lines, $rule[0]) - 1]
            $header | Should -Not -Match '\.\.\.|…' -Because 'no head is cut'
            # Columns that do not fit are left out silently; each of the view has to be there.
            $columns = $view[0].FormatViewDefinition[0].Control
            $shown = ($rule[0] -split ' +' | Where-Object { $_ }).Count
            $shown | Should -Be $columns.Rows[0].Columns.Count
        }
        $global:Error.Count | Should -Be 0
    }

    It '<Name> | Format-List * shows all of it' -ForEach $cases {
        $list = New-SampleObject $Type | Format-List * | Out-String -Width 4096
        foreach ($property in $Type.GetProperties() | Where-Object { -not $_.GetIndexParameters().Count }) { $list | Should -Match "(?m)^$($property.Name) +:" }
    }

    It '<Name> | ConvertTo-Json is JSON with its properties, without a warning' -ForEach $cases {
        $json = New-SampleObject $Type | ConvertTo-Json -Depth 12 -WarningVariable warnings -ErrorAction Stop
        $warnings | Should -BeNullOrEmpty
        $back = $json | ConvertFrom-Json
        foreach ($property in $Type.GetProperties() | Where-Object { -not $_.GetIndexParameters().Count }) { $back.psobject.Properties.Name | Should -Contain $property.Name }
    }

    It '<Name> shows no secret, whatever it is turned into' -ForEach $closed {
        $object = New-SampleObject $Type
        $text = @(
            "$object"
            $object | Out-String -Width 4096
            $object | Format-List * | Out-String -Width 4096
            $object | ConvertTo-Json -Depth 12 -WarningAction Ignore
            $object | ConvertTo-Csv
            [System.Management.Automation.PSSerializer]::Serialize($object, 8) -replace '<SS[^>]*>[^<]*</SS>'
        ) -join "`n"
        $text | Should -Not -Match $canary
    }
}

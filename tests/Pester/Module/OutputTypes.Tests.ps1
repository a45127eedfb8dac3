# Every type that a cmdlet says it puts out, found in the module, on an object with all properties set: its views, and what programs get of it.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module "$PSScriptRoot/../samples.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $types = @(Get-Command -Module AzOpenAI -CommandType Cmdlet | ForEach-Object { $_.OutputType } | ForEach-Object { $_.Type } | Where-Object { $_ -and $_.Namespace -eq 'AzOpenAI' } |
        Sort-Object FullName -Unique)
    $cases = $types | ForEach-Object { @{ Name = $_.Name; Type = $_ } }
    $found = @{ Count = $types.Count }
    $public = Get-PublicType | ForEach-Object { @{ Name = $_.Name; Type = $_ } }
    $enums = [AzOpenAI.Deployment].Assembly.GetExportedTypes() | Where-Object IsEnum | ForEach-Object { @{ Name = $_.Name; Type = $_ } }
    # PlainText types are made to show a key in full: as a list, which cuts nothing.
    $closed = $cases | Where-Object { $_.Name -notlike 'PlainText*' }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module "$PSScriptRoot/../samples.psm1" -Force
    Import-Module (Get-ModulePath) -Global -ErrorAction Stop
    $canary = 'c4n4ry' + [guid]::NewGuid().ToString('N')
    function New-Example([type] $Type) { New-SampleObject $Type -Secret $canary }
}

Describe 'An output type' {
    It 'is found for most cmdlets' -ForEach $found { $Count | Should -BeGreaterThan 7 }

    It '<Name> has a view of its own, in at most 120 columns with whole heads' -ForEach $closed {
        $view = @(Get-FormatData -TypeName $Type.FullName -PowerShellVersion $PSVersionTable.PSVersion)
        $view | Should -Not -BeNullOrEmpty
        $global:Error.Clear()
        $object = New-Example $Type
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
        $list = New-Example $Type | Format-List * | Out-String -Width 4096
        foreach ($property in $Type.GetProperties() | Where-Object { -not $_.GetIndexParameters().Count }) { $list | Should -Match "(?m)^$($property.Name) +:" }
    }

    It '<Name> | ConvertTo-Json is JSON with its properties, without a warning' -ForEach $cases {
        $json = New-Example $Type | ConvertTo-Json -Depth 12 -WarningVariable warnings -ErrorAction Stop
        $warnings | Should -BeNullOrEmpty
        $back = $json | ConvertFrom-Json
        foreach ($property in $Type.GetProperties() | Where-Object { -not $_.GetIndexParameters().Count }) { $back.psobject.Properties.Name | Should -Contain $property.Name }
    }

    It '<Name> shows no secret, whatever it is turned into' -ForEach $closed {
        $object = New-Example $Type
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

Describe 'A public type' {
    It '<Name> has views of every shape' -ForEach $public {
        $controls = @(Get-FormatData -TypeName $Type.FullName -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition.Control | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique
        foreach ($control in 'TableControl', 'ListControl', 'WideControl', 'CustomControl') { $controls | Should -Contain $control }
    }

    It '<Name> fits into <Width> columns: whole heads, and no number, date, GUID or state is cut' -ForEach @(foreach ($case in $public) { foreach ($width in 80, 79) { $case + @{ Width = $width } } }) {
        $object = New-SampleObject $Type
        $lines = @(($object | Format-Table | Out-String -Width $Width) -replace "$([char]27)\[[0-9;]*m" -split '\r?\n')
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $Width
        $table = @((Get-FormatData -TypeName $Type.FullName -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition.Control | Where-Object { $_ -is [System.Management.Automation.TableControl] })[0]
        $rule = @($lines | Where-Object { $_ -match '^ *-+( +-+)* *$' })
        $rule | Should -HaveCount 1
        $heads = @($lines[[array]::IndexOf($lines, $rule[0]) - 1].Trim() -split ' +')
        $heads | Should -Be $table.Headers.Label
        $wide = @(($object | Format-Table | Out-String -Width 600) -split '\s+') -match '^(-?[\d.,]+|[\d:-]{8,}Z?|[0-9a-f]{8}-[0-9a-f-]{27}|True|False|yes|no|unknown|[A-Z][A-Za-z]+Key|AzureV1|ApiKey|Key1)$'
        foreach ($token in $wide) { "$lines" -split '\s+' | Should -Contain $token }
    }

    It '<Name> has heads that Where-Object knows' -ForEach $public {
        $object = New-SampleObject $Type
        $table = @((Get-FormatData -TypeName $Type.FullName -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition.Control | Where-Object { $_ -is [System.Management.Automation.TableControl] })[0]
        if ($table.Headers[0].Label -ne 'Type' -or $Type.GetProperty('Type')) { foreach ($head in $table.Headers.Label) { $object.psobject.Members[$head] | Should -Not -BeNullOrEmpty -Because "$head is a column" } }
    }

    It '<Name> tells at most ten properties where PowerShell takes no view, and nothing of Raw' -ForEach $public {
        $shown = (Get-TypeData $Type.FullName).DefaultDisplayPropertySet.ReferencedProperties
        $shown.Count | Should -BeIn (1..10)
        $shown | Should -Not -Contain 'Raw'
        $object = New-SampleObject $Type
        foreach ($name in $shown) { $object.psobject.Members[$name] | Should -Not -BeNullOrEmpty -Because "$name is shown" }
        $list = & { [version] '1.2'; $object } | Out-String -Width 120
        foreach ($name in $shown) { $list | Should -Match "(?m)^$name +:" }
        @($list -split '\r?\n' -match '^\w+ +: ').Count | Should -Be $shown.Count
    }

    It '<Name> hides its hidden properties from all that programs read' -ForEach $public {
        $object = New-SampleObject $Type
        $hidden = @((Get-TypeData $Type.FullName).Members.Keys)
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($object))
        $read = @(
            (ConvertTo-Json $object -Depth 9 -WarningAction Ignore | ConvertFrom-Json).psobject.Properties.Name
            (ConvertTo-Csv $object | ConvertFrom-Csv).psobject.Properties.Name
            ($object | Select-Object *).psobject.Properties.Name
            ($object | Get-Member -MemberType Properties).Name
            $back.psobject.Properties.Name
        )
        $read | Where-Object { $_ -in $hidden } | Should -BeNullOrEmpty
        if ($hidden) { $object.psobject.Properties.Name | Where-Object { $_ -notin $back.psobject.Properties.Name } | Should -BeNullOrEmpty -Because 'a copy has all the rest' }
    }

    It '<Name> is written as names by ConvertTo-Json' -ForEach $enums {
        $value = [Enum]::GetValues($Type).GetValue(1)
        ConvertTo-Json @{ value = $value } -Compress | Should -Be "{`"value`":`"$value`"}"
    }
}

Describe 'A deployment' {
    It 'has TPM and RPM for Where-Object, Sort-Object and Group-Object' {
        $deployment = [AzOpenAI.Deployment]@{ Id = 'a'; Name = 'a'; ResourceName = 'a'; ResourceGroupName = 'a'; SubscriptionId = 'a'; ResourceId = 'a'; Model = 'a'; TokensPerMinute = 10000; RequestsPerMinute = 100 }
        @($deployment | Where-Object TPM -GT 9999).Count | Should -Be 1
        @($deployment | Where-Object RPM -EQ 100).Count | Should -Be 1
        ($deployment | Group-Object TPM).Name | Should -Be '10000'
    }

    It 'shows its state in full behind a long name' {
        $deployment = [AzOpenAI.Deployment]@{ Id = 'a'; Name = 'a-deployment-with-a-long-name'; ResourceName = 'a'; ResourceGroupName = 'a'; SubscriptionId = 'a'; ResourceId = 'a'; Model = 'a'; ProvisioningState = 'Creating' }
        $deployment | Out-String -Width 80 | Should -Match 'Creating'
    }
}

Describe 'An address' {
    It 'is one line, whatever type it stands in' {
        $key = New-Example ([AzOpenAI.ResourceKey])
        @(($key.Endpoint | Out-String) -split '\r?\n' | Where-Object { $_.Trim() }) | Should -Be 'https://contoso-production.openai.azure.com/'
        $key.Endpoint | Should -BeOfType ([Uri])
        $key.Endpoint | Should -Be ([Uri] 'https://contoso-production.openai.azure.com/')
        ConvertTo-Json $key.Endpoint | Should -Be '"https://contoso-production.openai.azure.com/"'
        @(([Uri] 'https://example.com/' | Out-String) -split '\r?\n' -match ' : ').Count | Should -BeGreaterThan 20 -Because 'the addresses of others are not ours to change'
    }

    It 'of <Name> is of that type' -ForEach $public {
        $object = New-SampleObject $Type
        foreach ($property in $Type.GetProperties() | Where-Object { $_.PropertyType -eq [Uri] -and -not $_.GetGetMethod().IsStatic }) { , $property.GetValue($object) | Should -BeOfType ([AzOpenAI.ServiceUri]) -Because $property.Name }
    }
}

Describe 'A dictionary' {
    It 'is a dictionary to programs, and a table to people' {
        $resource = New-Example ([AzOpenAI.Resource])
        , $resource.Tags | Should -BeOfType ([System.Collections.IDictionary])
        $name = @($resource.Tags.Keys)[0]
        $resource.Tags[$name] | Should -Be $resource.Tags.$name
        ($resource.Tags.GetEnumerator() | ForEach-Object { $_.Key }) | Should -Be $name
        ConvertTo-Json $resource.Tags -Compress | Should -Be "{`"$name`":`"$($resource.Tags.$name)`"}"
        $resource.Tags | Out-String | Should -Match 'Name +Value'
        "$($resource.Tags)" | Should -Be "$name=$($resource.Tags.$name)"
    }

    It 'keeps how it compares names' {
        $headers = [System.Collections.Generic.Dictionary[string, string]]::new([StringComparer]::OrdinalIgnoreCase)
        $headers['X-Name'] = 'value'
        ([AzOpenAI.ServiceResponse]@{ Headers = $headers }).Headers['x-name'] | Should -Be 'value'
    }
}

Describe 'A script of several commands' {
    It 'shows short lists of all that comes after the first object' {
        $file = [IO.Path]::Combine($TestDrive, 'several.ps1')
        Set-Content $file "Import-Module '$(Get-ModulePath)'; [version] '1.2'
            [AzOpenAI.Resource]@{ Id = 'a'; Name = 'contoso'; ResourceGroupName = 'rg'; SubscriptionId = 'a'; Location = 'swedencentral'; Kind = 'OpenAI'; Raw = 'received' }
            [AzOpenAI.ChatCompletion]@{ Choices = [AzOpenAI.ChatChoice[]]@([AzOpenAI.ChatChoice]@{ Content = 'an answer' }); Raw = 'received' }"
        $shell = Get-Shell
        $lines = @(& $shell.Program $shell.Argument -NoProfile -File $file) -replace "$([char]27)\[[0-9;]*m"
        "$lines" | Should -Match 'Name +: contoso'
        "$lines" | Should -Match 'Answer +: an answer'
        "$lines" | Should -Not -Match 'received|Raw'
        @($lines -match '^\w+ +: ').Count | Should -BeLessOrEqual 11
    }
}

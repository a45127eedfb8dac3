BeforeDiscovery {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'common.psm1')) -Force
    Import-Module ([IO.Path]::Combine($PSScriptRoot, 'HelpPage.psm1')) -Force
    $root = Get-RepositoryRoot
    $folder = [IO.Path]::Combine($root, 'module', 'help', 'en-US')
    $exported = (Import-PowerShellDataFile ([IO.Path]::Combine($root, 'AzOpenAI.psd1'))).CmdletsToExport
    $pages = foreach ($name in $exported) {
        $path = [IO.Path]::Combine($folder, "$name.md")
        $examples = (Test-Path $path) ? (Get-HelpPage $path).Examples : @()
        @{ Name = $name; Path = $path; Examples = @($examples | Where-Object { -not $_.NeedsAzure } | ForEach-Object { @{ Title = $_.Title } }) }
    }
    $topics = Get-ChildItem $folder -Filter 'about_*.md' | ForEach-Object { @{ Topic = $_.BaseName } }
}

BeforeAll {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'common.psm1')) -Force
    Import-Module ([IO.Path]::Combine($PSScriptRoot, 'HelpPage.psm1')) -Force
    Import-Module (Get-ModulePath) -Global

    # One line per fact, so that a difference shows itself.
    function Format-Fact($name, $type, $aliases, $wildcards, $accepted, $sets) {
        "-$name type $type"
        "-$name aliases $(@($aliases | Sort-Object) -join ',')"
        "-$name wildcards $wildcards"
        "-$name values $($accepted -join ',')"
        foreach ($set in $sets) { "-$name in $set" }
    }

    # What a page says of its parameters, and what the command is.
    function Get-PageFact($page) {
        foreach ($parameter in $page.Parameters) {
            $metadata = $parameter.Metadata
            $sets = $metadata.ParameterSets | ForEach-Object {
                '{0} position {1} required {2} value {3} property {4}' -f $_.Name, $_.Position, $_.IsRequired, $_.ValueFromPipeline, $_.ValueFromPipelineByPropertyName
            }
            Format-Fact $parameter.Name $metadata.Type $metadata.Aliases $metadata.SupportsWildcards $metadata.AcceptedValues $sets
        }
    }

    function Get-CommandFact($command) {
        foreach ($parameter in Get-CommandParameter $command) {
            $sets = $parameter.Sets | ForEach-Object {
                '{0} position {1} required {2} value {3} property {4}' -f $_.Name, $_.Position, $_.IsRequired, $_.ByValue, $_.ByPropertyName
            }
            Format-Fact $parameter.Name $parameter.Type $parameter.Aliases $parameter.SupportsWildcards $parameter.AcceptedValues $sets
        }
    }
}

Describe 'The help page of <Name>' -ForEach $pages {
    BeforeAll {
        $page = Get-HelpPage $Path
        $command = Get-Command $Name -Module AzOpenAI -CommandType Cmdlet
    }

    It 'describes exactly the parameters that the command has' {
        $differences = Compare-Object @(Get-CommandFact $command) @(Get-PageFact $page) -CaseSensitive | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" }
        $differences -join "`n" | Should -BeNullOrEmpty -Because "'<=' is the command, '=>' the page; build/Update-HelpPage.ps1 updates the page"
    }

    It 'shows the syntax of every parameter set' {
        @($page.Syntax | ForEach-Object { "$($_.Name) $($_.IsDefault) $($_.Text)" }) | Should -Be @(Get-CommandSyntax $command | ForEach-Object { "$($_.Name) $($_.IsDefault) $($_.Text)" })
    }

    It 'names the output types of the command' {
        $declared = @($command.OutputType | ForEach-Object { $_.Type ? $_.Type.ToString() : $_.Name })
        $expected = $declared.Count -eq 0 ? @('None') : $declared
        @($page.Outputs | Where-Object { $_ -ne 'None' -or $declared.Count -eq 0 } | Sort-Object) | Should -Be @($expected | Sort-Object)
    }

    It 'names an input type where the command takes pipeline input, and none where not' {
        $takes = @(Get-CommandParameter $command | Where-Object { $_.Sets.ByValue -contains $true -or $_.Sets.ByPropertyName -contains $true })
        if ($takes.Count -gt 0) { $page.Inputs | Should -Not -Contain 'None' } else { $page.Inputs | Should -Be @('None') }
    }

    It 'has two examples or more that run on the emulator' {
        @($page.Examples | Where-Object { -not $_.NeedsAzure }).Count | Should -BeGreaterOrEqual 2
    }

    It 'uses only parameters that exist, in every example' {
        foreach ($example in $page.Examples) {
            $problems = $null
            $ast = [Management.Automation.Language.Parser]::ParseInput($example.Code, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty -Because $example.Title
            foreach ($call in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $called = Get-Command $call.GetCommandName() -ErrorAction Ignore
                if ($called.ModuleName -ne 'AzOpenAI') { continue }
                foreach ($element in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    { $called.ResolveParameter($element.ParameterName) } | Should -Not -Throw -Because "$($example.Title) uses -$($element.ParameterName)"
                }
            }
        }
    }

    It 'is what Get-Help shows' {
        $help = Get-Help $Name -Full
        $text = $help | Out-String -Width 200
        $help.Synopsis | Should -Not -Match '\[' -Because 'a synopsis made of the syntax means that no page was found'
        @($help.syntax.syntaxItem).Count | Should -Be $command.ParameterSets.Count
        @($help.examples.example).Count | Should -Be $page.Examples.Count
        foreach ($parameter in $page.Parameters) { $text | Should -Match "(?m)^\s+-$($parameter.Name)( <|\s*$)" }
        foreach ($id in $page.ErrorIds) { $text | Should -Match "\b$id\b" }
    }

    It 'is shown by Get-Help -Examples, -Detailed and -Parameter' {
        $examples = Get-Help $Name -Examples | Out-String -Width 200
        foreach ($example in $page.Examples) { $examples | Should -BeLike "*$([WildcardPattern]::Escape($example.Title))*" }
        Get-Help $Name -Detailed | Out-String -Width 200 | Should -Match 'SYNTAX'
        foreach ($parameter in $page.Parameters) {
            $shown = Get-Help $Name -Parameter $parameter.Name
            $shown.name | Should -Be $parameter.Name
            $shown.description.Text -join ' ' | Should -Not -BeNullOrEmpty
        }
    }
}

Describe 'The examples' {
    BeforeAll {
        $root = Get-RepositoryRoot
        $list = foreach ($page in Get-ChildItem ([IO.Path]::Combine($root, 'module', 'help', 'en-US')) -Filter '*-AzOpenAI*.md') {
            @{ Name = $page.BaseName; Examples = @((Get-HelpPage $page.FullName).Examples | Where-Object { -not $_.NeedsAzure } | Select-Object Title, Code) }
        }
        $file = Join-Path $TestDrive 'pages.json'
        ConvertTo-Json -InputObject @($list) -Depth 5 | Set-Content $file
        $shell = Get-Shell
        $lines = & $shell.Program $shell.Argument -NoProfile -NonInteractive -File ([IO.Path]::Combine($PSScriptRoot, 'HelpExampleRunner.ps1')) (Get-ModulePath) $file 2>&1
        $results = @{}
        foreach ($line in $lines -match '^\{"Page"') {
            $result = ConvertFrom-Json $line
            $results["$($result.Page) $($result.Title)"] = $result
        }
        $problems = $lines -notmatch '^\{"Page"' -join "`n"
    }

    Context 'of <Name>' -ForEach $pages {
        It 'run one after the other: <Title>' -ForEach $Examples {
            $results.Keys | Should -Contain "$Name $Title" -Because "the run printed: $problems"
            $result = $results["$Name $Title"]
            $result.Failure | Should -BeNullOrEmpty
            $shown = ((Get-HelpPage $Path).Examples | Where-Object Title -eq $Title).Output
            if ($shown) { $result.Output.Trim() | Should -Be $shown.Trim() }
        }
    }
}

Describe 'ErrorIds' {
    BeforeAll {
        $root = Get-RepositoryRoot
        $folder = [IO.Path]::Combine($root, 'module', 'help', 'en-US')
        $messages = ([xml] (Get-Content ([IO.Path]::Combine($root, 'src', 'AzOpenAI.Core', 'Errors', 'Messages.resx')) -Raw)).root.data.name
        $overview = @(Get-ErrorIdInText ([IO.File]::ReadAllLines([IO.Path]::Combine($folder, 'about_AzOpenAI_Errors.md'))))
    }

    It 'that <Name> names exist' -ForEach $pages {
        (Get-HelpPage $Path).ErrorIds | Where-Object { $_ -notin $messages } | Should -BeNullOrEmpty
    }

    It 'are all explained in about_AzOpenAI_Errors, and only those that exist' {
        @($messages | Where-Object { $_ -notin $overview }) -join ', ' | Should -BeNullOrEmpty -Because 'these are not explained'
        @($overview | Where-Object { $_ -notin $messages }) -join ', ' | Should -BeNullOrEmpty -Because 'these do not exist'
        $overview | Should -Be @($overview | Select-Object -Unique)
    }
}

Describe 'The topic <Topic>' -ForEach $topics {
    It 'is shown by Get-Help with its synopsis' {
        $help = @(Get-Help $Topic -Category HelpFile)
        $help | Should -HaveCount 1
        "$($help[0])" | Should -Match "TOPIC\s+$Topic"
        $help[0].Synopsis | Should -Not -BeNullOrEmpty
    }
}

# Reads help pages for the tests and for build/Update-HelpPage.ps1. The builder has refused every page that is not of the layout read here.

<# Lines of one section of level 2, heading excluded. #>
function Get-PageSection {
    param(
        [Parameter(Mandatory)] [AllowEmptyString()] [string[]] $Line,
        [Parameter(Mandatory)] [string] $Title
    )
    $inside = $false
    $inCode = $false
    foreach ($text in $Line) {
        if ($text.StartsWith('```')) { $inCode = -not $inCode }
        if (-not $inCode -and $text -match '^## (.+)$') {
            $inside = $Matches[1] -eq $Title
            continue
        }
        if ($inside) { $text }
    }
}

<# Parts of a section: a title of level 3 with the lines below it. #>
function Split-PageSection {
    param([Parameter(Mandatory)] [AllowEmptyString()] [string[]] $Line)
    $part = $null
    $inCode = $false
    foreach ($text in $Line) {
        if ($text.StartsWith('```')) { $inCode = -not $inCode }
        if (-not $inCode -and $text -match '^### (.+)$') {
            if ($part) { $part }
            $part = [pscustomobject]@{ Title = $Matches[1]; Line = [Collections.Generic.List[string]]::new() }
            continue
        }
        if ($part) { $part.Line.Add($text) }
    }
    if ($part) { $part }
}

<# Fenced blocks with the words behind the fence. #>
function Get-PageCode {
    param([Parameter(Mandatory)] [AllowEmptyString()] [AllowEmptyCollection()] [string[]] $Line)
    $block = $null
    foreach ($text in $Line) {
        if ($text -match '^```(.*)$') {
            if ($block) {
                [pscustomobject]@{ Info = $block.Info; Text = $block.Text -join "`n" }
                $block = $null
            }
            else {
                $block = @{ Info = $Matches[1].Trim(); Text = [Collections.Generic.List[string]]::new() }
            }
        }
        elseif ($block) { $block.Text.Add($text) }
    }
}

<# Metadata of a parameter from the lines of its yaml block. #>
function ConvertFrom-ParameterYaml {
    param([Parameter(Mandatory)] [string] $Text)
    $metadata = @{ Aliases = @(); AcceptedValues = @(); ParameterSets = @() }
    $key = $null
    $value = { param($text) $text -in 'true', 'false' ? $text -eq 'true' : $text.Trim("'") }
    foreach ($line in $Text -split "`n") {
        switch -Regex ($line) {
            '^(\w+): \[\]$' { $metadata[$Matches[1]] = @(); break }
            '^(\w+): (.*)$' { $metadata[$Matches[1]] = & $value $Matches[2]; break }
            '^(\w+):$' { $key = $Matches[1]; $metadata[$key] = @(); break }
            '^- Name: (.*)$' { $metadata[$key] += @{ Name = $Matches[1] }; break }
            '^  (\w+): (.*)$' { $metadata[$key][-1][$Matches[1]] = & $value $Matches[2]; break }
            '^- (.*)$' { $metadata[$key] += $Matches[1].Trim("'"); break }
        }
    }
    $metadata
}

<# A page as an object: what the tests compare with the command. #>
function Get-HelpPage {
    param([Parameter(Mandatory)] [string] $Path)
    $line = [IO.File]::ReadAllLines($Path)
    $parameter = @(Split-PageSection (Get-PageSection $line 'PARAMETERS') | Where-Object Title -ne 'CommonParameters')
    [pscustomobject]@{
        Name       = [IO.Path]::GetFileNameWithoutExtension($Path)
        Line       = $line
        Syntax     = @(Split-PageSection (Get-PageSection $line 'SYNTAX') | ForEach-Object {
                [pscustomobject]@{
                    Name      = $_.Title -replace ' \(Default\)$'
                    IsDefault = $_.Title.EndsWith(' (Default)')
                    Text      = (Get-PageCode $_.Line).Text -replace '\s+', ' '
                }
            })
        Examples   = @(Split-PageSection (Get-PageSection $line 'EXAMPLES') | ForEach-Object {
                $code = @(Get-PageCode $_.Line)
                $source = $code | Where-Object Info -match '^powershell\b' | Select-Object -First 1
                [pscustomobject]@{
                    Title      = $_.Title
                    Code       = $source.Text
                    NeedsAzure = $source.Info -eq 'powershell azure'
                    Output     = ($code | Where-Object Info -eq 'Output' | Select-Object -First 1).Text
                }
            })
        Parameters = @($parameter | ForEach-Object {
                [pscustomobject]@{
                    Name     = $_.Title.TrimStart('-')
                    Metadata = ConvertFrom-ParameterYaml (Get-PageCode $_.Line | Where-Object Info -eq 'yaml').Text
                    Text     = ($_.Line -join "`n") -replace '(?s)```yaml.*$'
                }
            })
        Outputs    = @(Split-PageSection (Get-PageSection $line 'OUTPUTS') | ForEach-Object Title)
        Inputs     = @(Split-PageSection (Get-PageSection $line 'INPUTS') | ForEach-Object Title)
        ErrorIds   = @(Get-ErrorIdInText (Get-PageSection $line 'NOTES'))
    }
}

<# ErrorIds that lines explain in the form '- **ErrorId**: meaning'. #>
function Get-ErrorIdInText {
    param([AllowEmptyString()] [AllowEmptyCollection()] [string[]] $Line)
    $Line | Where-Object { $_ -match '^- \*\*(\w+)\*\*: \S' } | ForEach-Object { $Matches[1] }
}

<# The same facts of a parameter as the page's metadata, from the command itself. #>
function Get-CommandParameter {
    param([Parameter(Mandatory)] [Management.Automation.CommandInfo] $Command)
    foreach ($parameter in $Command.Parameters.Values | Sort-Object Name) {
        if ($parameter.Name -in [Management.Automation.Cmdlet]::CommonParameters) { continue }
        $accepted = @($parameter.Attributes | Where-Object { $_ -is [ValidateSet] } | ForEach-Object ValidValues)
        if ($parameter.ParameterType.IsEnum) { $accepted = [Enum]::GetNames($parameter.ParameterType) }
        [pscustomobject]@{
            Name              = $parameter.Name
            Type              = $parameter.ParameterType.ToString()
            Aliases           = @($parameter.Aliases)
            SupportsWildcards = [bool]($parameter.Attributes | Where-Object { $_ -is [SupportsWildcards] })
            AcceptedValues    = $accepted
            DontShow          = [bool]($parameter.Attributes | Where-Object { $_ -is [Parameter] -and $_.DontShow })
            Sets              = @(foreach ($set in $parameter.ParameterSets.GetEnumerator() | Sort-Object Key) {
                    [pscustomobject]@{
                        Name           = $set.Key -eq '__AllParameterSets' ? '(All)' : $set.Key
                        Position       = $set.Value.Position -eq [int]::MinValue ? 'Named' : "$($set.Value.Position)"
                        IsRequired     = $set.Value.IsMandatory
                        ByValue        = $set.Value.ValueFromPipeline
                        ByPropertyName = $set.Value.ValueFromPipelineByPropertyName
                        Remaining      = $set.Value.ValueFromRemainingArguments
                    }
                })
        }
    }
}

<# The syntax of each parameter set on one line, as Get-Command prints it. #>
function Get-CommandSyntax {
    param([Parameter(Mandatory)] [Management.Automation.CommandInfo] $Command)
    foreach ($set in $Command.ParameterSets) {
        [pscustomobject]@{ Name = $set.Name; IsDefault = $set.IsDefault; Text = "$($Command.Name) $set" -replace '\s+', ' ' }
    }
}

Export-ModuleMember -Function *

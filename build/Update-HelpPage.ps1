<#
.SYNOPSIS
Brings SYNTAX and the metadata of the parameters in the help pages in line with the built module. Texts stay as they are.
.DESCRIPTION
A parameter that is new gets a placeholder as its text, which the help builder refuses until it is filled in; one that is gone disappears.
DefaultValue is text, too, and stays. A page that is missing altogether is not made.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # Cmdlets whose pages are updated.
    [string[]] $Name = '*',
    # The module to read; the one that the build assembled by default.
    [string] $ModulePath = [IO.Path]::Combine($PSScriptRoot, '..', 'out', 'AzOpenAI')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..'))
Import-Module ([IO.Path]::Combine($root, 'tests', 'Pester', 'Module', 'HelpPage.psm1')) -Force
Import-Module ([IO.Path]::GetFullPath($ModulePath)) -Force

function Format-Scalar([string] $value) {
    if ($value -eq '' -or $value -match '^[\[\]{}&*!|>%@`#,?"]|: | #') { "'" + $value.Replace("'", "''") + "'" } else { $value }
}

function Format-YamlList([string] $key, $values) {
    if (@($values).Count -eq 0) { "${key}: []" } else { "${key}:"; $values | ForEach-Object { "- $(Format-Scalar $_)" } }
}

function Format-ParameterYaml($parameter, [string] $default) {
    "Type: $($parameter.Type)"
    "DefaultValue: $(Format-Scalar $default)"
    "SupportsWildcards: $("$($parameter.SupportsWildcards)".ToLowerInvariant())"
    Format-YamlList Aliases $parameter.Aliases
    'ParameterSets:'
    foreach ($set in $parameter.Sets) {
        "- Name: $($set.Name)"
        "  Position: $($set.Position)"
        "  IsRequired: $("$($set.IsRequired)".ToLowerInvariant())"
        "  ValueFromPipeline: $("$($set.ByValue)".ToLowerInvariant())"
        "  ValueFromPipelineByPropertyName: $("$($set.ByPropertyName)".ToLowerInvariant())"
        "  ValueFromRemainingArguments: $("$($set.Remaining)".ToLowerInvariant())"
    }
    "DontShow: $("$($parameter.DontShow)".ToLowerInvariant())"
    Format-YamlList AcceptedValues $parameter.AcceptedValues
    "HelpMessage: ''"
}

# Breaks a syntax at its parameters, so that no line of the page is longer than 98 characters.
function Format-Syntax([string] $text) {
    $current = ''
    foreach ($word in [regex]::Matches($text, '\[{0,2}-?\w[\w-]*\]?( <\S+>\]?)?\]?|\[<CommonParameters>\]').Value) {
        if ($current -ne '' -and $current.Length + 1 + $word.Length -gt 98) {
            $current
            $current = ''
        }
        $current += $current -eq '' -and $word -notmatch '^\w' ? " $word" : ($current -eq '' ? $word : " $word")
    }
    $current
}

function Format-Page($command, $page) {
    $syntax = @(Get-CommandSyntax $command)
    $parameters = @(Get-CommandParameter $command)
    $section = ''
    $inCode = $false
    $skip = $false
    foreach ($line in $page.Line) {
        if ($line.StartsWith('```')) { $inCode = -not $inCode }
        if (-not $inCode -and $line -match '^## (.+)$') {
            $section = $Matches[1]
            $skip = $section -in 'SYNTAX', 'PARAMETERS'
            $line
            if ($section -eq 'SYNTAX') {
                foreach ($set in $syntax) {
                    ''
                    "### $($set.Name)$(if ($set.IsDefault) { ' (Default)' })"
                    ''
                    '```'
                    Format-Syntax $set.Text
                    '```'
                }
                ''
            }
            if ($section -eq 'PARAMETERS') {
                ''
                foreach ($parameter in $parameters) {
                    $known = $page.Parameters | Where-Object Name -eq $parameter.Name
                    "### -$($parameter.Name)"
                    ''
                    $known ? $known.Text.Trim() -split "`n" : "{{ Fill $($parameter.Name) Description }}"
                    ''
                    '```yaml'
                    Format-ParameterYaml $parameter ($known ? $known.Metadata.DefaultValue : '')
                    '```'
                    ''
                }
            }
            continue
        }
        if ($skip -and $section -eq 'PARAMETERS' -and $line -eq '### CommonParameters') { $skip = $false }
        if (-not $skip) { $line }
    }
}

foreach ($command in Get-Command -Module AzOpenAI -CommandType Cmdlet -Name $Name) {
    $path = [IO.Path]::Combine($root, 'module', 'help', 'en-US', "$($command.Name).md")
    if (-not (Test-Path $path)) {
        Write-Warning "There is no page '$path'."
        continue
    }
    $text = ((Format-Page $command (Get-HelpPage $path)) -join "`n") + "`n"
    if ($text -cne [IO.File]::ReadAllText($path) -and $PSCmdlet.ShouldProcess($path, 'Update')) {
        [IO.File]::WriteAllText($path, $text)
        $path
    }
}

# Loader only. What runs at a first import is kept short, since a script is parsed and compiled as it is met: a later import and a failure are the other file's.
# A command outside Microsoft.PowerShell.Core would auto-load its module and cost up to 100 ms. The names of the commands are checked with the outer module's.
try {
    $null = [Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/AzOpenAI.Abstractions.dll")
    Import-Module ([AzOpenAI.ModuleLoadContext]::LoadFirst("$PSScriptRoot/bin/AzOpenAI.dll")) -DisableNameChecking
}
catch { . "$PSScriptRoot/AzOpenAI.Reimport.ps1" $_.Exception }

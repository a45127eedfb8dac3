# Loader only. It's kept short because PowerShell parses and compiles it at each first import. Repeated imports and failures are handled in AzOpenAI.Reimport.ps1.
# A command outside Microsoft.PowerShell.Core would auto-load its module, which takes up to 100 ms. The outer module checks the command names.
try {
    $null = [Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/AzOpenAI.Abstractions.dll")
    Import-Module ([AzOpenAI.ModuleLoadContext]::LoadFirst("$PSScriptRoot/bin/AzOpenAI.dll")) -DisableNameChecking
}
catch { . "$PSScriptRoot/AzOpenAI.Reimport.ps1" $_.Exception }

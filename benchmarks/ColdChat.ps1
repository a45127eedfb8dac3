# The first chat call of a fresh shell, against one POST with HttpClient in a fresh shell.
param([string] $ModulePath, [int] $Rounds, [int] $Calls, $Target)

$call = Get-CallParameter $Target
$folder = [IO.Path]::Combine($PSScriptRoot, 'shells')
$sides = [ordered]@{
    Bare   = @{ Path = [IO.Path]::Combine($folder, 'cold-bare.ps1'); Parameter = $call }
    Module = @{ Path = [IO.Path]::Combine($folder, 'cold-module.ps1'); Parameter = $call + @{ ModulePath = $ModulePath } }
    Rest   = @{ Path = [IO.Path]::Combine($folder, 'cold-rest.ps1'); Parameter = $call }
}
$results = Measure-FreshShell $sides $Rounds

$bare = $results.Bare.Call
$rows = @(
    New-Row 'HttpClient' $bare
    New-Row 'Invoke-AzOpenAIChat' $results.Module.Call $bare -Target 3
    New-Row 'Import-Module and Invoke-AzOpenAIChat' @($results.Module | ForEach-Object { $_.Import + $_.Call }) $bare
    New-Row 'Invoke-RestMethod' $results.Rest.Call $bare
)
Write-Figure 'ColdChat: the first call of a fresh shell' $rows

# Sequential chat calls of a shell that is warm, against a loop over HttpClient in the same shell.
param([string] $ModulePath, [int] $Rounds, [int] $Calls, $Target)

$shell = [IO.Path]::Combine($PSScriptRoot, 'shells', 'warm.ps1')
$results = Measure-FreshShell ([ordered]@{ All = @{ Path = $shell; Parameter = (Get-CallParameter $Target) + @{ ModulePath = $ModulePath; Calls = $Calls } } }) $Rounds

$all = $results.All
$rows = @(
    New-Row 'HttpClient' $all.Bare
    New-Row 'HttpClient in a cmdlet' $all.Small $all.Bare -SameShell
    New-Row '  with 54 parameters' $all.Large $all.Bare -SameShell
    New-Row 'Invoke-AzOpenAIChat' $all.Session $all.Bare -Target 1.4 -SameShell
    New-Row '  with -Endpoint -Key -Deployment' $all.Module $all.Bare -Target 1.4 -SameShell
    New-Row '  from the pipeline' $all.Piped $all.Bare -Target 1.3 -SameShell
    New-Row 'Invoke-RestMethod' $all.Rest $all.Bare -SameShell
    if ($all[0].PSObject.Properties['PSOpenAI']) { New-Row 'PSOpenAI' $all.PSOpenAI $all.Bare -SameShell }
)
Write-Figure "WarmChat: one of $Calls calls in the same shell" $rows

# Ten thousand prompts, 64 at a time, against a loop over HttpClient with as many in flight in the same shell.
param([string] $ModulePath, [int] $Rounds, [int] $Calls, $Target)

$prompts = 10000
$shell = [IO.Path]::Combine($PSScriptRoot, 'shells', 'bulk.ps1')
$parameter = (Get-CallParameter $Target) + @{ ModulePath = $ModulePath; Calls = $prompts; Throttle = 64 }
$results = for ($round = 0; $round -lt [Math]::Min(3, $Rounds); $round++) { Invoke-FreshShell $shell $parameter }

# The target is a rate: seven tenths of the rate are 1.43 times the time.
Write-Figure "Bulk10k: one of $prompts prompts, 64 at a time" @(
    New-Row 'HttpClient, 64 in flight' $results.Bare
    New-Row 'Invoke-AzOpenAIChat -ThrottleLimit 64' $results.Module $results.Bare -Target 1.43
)
$one = $results[-1]
'Memory after 2,000 and after 10,000 prompts: heap {0:N1} and {1:N1} MB, working set {2:N0} and {3:N0} MB' -f $one.HeapEarly, $one.HeapLate, $one.SetEarly, $one.SetLate

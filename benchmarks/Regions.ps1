# Get-AzOpenAIRegion over 30 regions with 50 ms of latency each, against the answer for one region, in a shell that is warm.
param([string] $ModulePath, [int] $Rounds, [int] $Calls, $Target)

$regions = 30
Set-EmulatorSetting $Target @{ latencyMs = 50 }
try {
    $shell = [IO.Path]::Combine($PSScriptRoot, 'shells', 'regions.ps1')
    $results = Measure-FreshShell ([ordered]@{ All = @{ Path = $shell; Parameter = @{ ModulePath = $ModulePath; Emulator = $Target.Uri; Regions = $regions } } }) $Rounds
}
finally {
    Set-EmulatorSetting $Target @{ latencyMs = 0 }
}

$all = $results.All
$rows = @(
    New-Row 'One region' $all.One
    New-Row "$regions regions" $all.Many $all.One -Target 4
)
Write-Figure 'Regions: Get-AzOpenAIRegion gpt-5-mini -Capacity 100, 50 ms per request' $rows

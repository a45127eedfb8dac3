# Get-AzOpenAIDeployment over 200 resources with 10 deployments each and 20 ms of latency, against one request, the ideal, and an idle shell.
param([string] $ModulePath, [int] $Rounds, [int] $Calls, $Target)

$resources = 200
$perResource = 10
$latency = 20
$parallelism = 16
$folder = [IO.Path]::Combine($PSScriptRoot, 'shells')
$null = Invoke-FreshShell ([IO.Path]::Combine($folder, 'fill.ps1')) @{ Emulator = $Target.Uri; Resources = $resources; PerResource = $perResource }

$call = @{ ModulePath = $ModulePath; Emulator = $Target.Uri }
Set-EmulatorSetting $Target @{ latencyMs = $latency }
try {
    $sides = [ordered]@{
        Time   = @{ Path = [IO.Path]::Combine($folder, 'inventory.ps1'); Parameter = $call }
        Idle   = @{ Path = [IO.Path]::Combine($folder, 'idle.ps1'); Parameter = @{} }
        Memory = @{ Path = [IO.Path]::Combine($folder, 'inventory-memory.ps1'); Parameter = $call }
    }
    $results = Measure-FreshShell $sides $Rounds
}
finally {
    Set-EmulatorSetting $Target @{ latencyMs = 0 }
}

$time = $results.Time
$requests = Get-Median $time.Requests
$ideal = $requests * $latency / $parallelism
$rows = @(
    New-Row 'One request with HttpClient' $time.Bare
    New-Row 'First deployment' $time.First $time.Bare -Target 4
    New-Row "Ideal: $requests requests, $parallelism at a time" @($ideal)
    New-Row "All $($resources * $perResource) deployments" $time.All @($ideal) -Target 3
)
Write-Figure "Inventory: Get-AzOpenAIDeployment over $resources resources, $latency ms per request" $rows
'Peak memory: {0:N0} MB in a shell that does nothing, {1:N0} MB in one that imports, connects and reads the inventory: {2:N0} MB more (medians; target: under 60).' -f `
    (Get-Median $results.Idle.Peak), (Get-Median $results.Memory.Peak), ((Get-Median $results.Memory.Peak) - (Get-Median $results.Idle.Peak))

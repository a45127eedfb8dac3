# A stream of 200 chunks: when its first text reaches the host, against when it was on the wire.
param([string] $ModulePath, [int] $Rounds, [int] $Calls, $Target)

$chunks = 200
Set-EmulatorSetting $Target @{ chunkCount = $chunks; chunkDelayMs = 5 }
try {
    $shell = [IO.Path]::Combine($PSScriptRoot, 'shells', 'streaming.ps1')
    $results = Measure-FreshShell ([ordered]@{ All = @{ Path = $shell; Parameter = (Get-CallParameter $Target) + @{ ModulePath = $ModulePath } } }) $Rounds
}
finally {
    Set-EmulatorSetting $Target @{ chunkCount = $null; chunkDelayMs = 0 }
}

$all = $results.All
$rows = @(
    New-Row 'First text on the wire' $all.WireFirst
    New-Row 'First text at the host' $all.HostFirst
    New-Row 'Last text on the wire' $all.WireLast
    New-Row 'Last text at the host' $all.HostLast
)
Write-Figure "Streaming: $chunks chunks, milliseconds since the request" $rows
'First text at the host {0:N2} ms after the wire (median; target: within 10), {1:P0} of the stream still to come (target: more than 0).' -f `
    (Get-Median $all.Behind), (Get-Median @($all | ForEach-Object { 1 - $_.HostFirst / $_.WireLast }))

# A stream of 5,000 chunks, read to its end, against the bytes of the same stream copied to nowhere.
param([string] $ModulePath, [int] $Rounds, [int] $Calls, $Target)

$chunks = 5000
Set-EmulatorSetting $Target @{ chunkCount = $chunks }
try {
    $shell = [IO.Path]::Combine($PSScriptRoot, 'shells', 'stream-many.ps1')
    $results = Measure-FreshShell ([ordered]@{ All = @{ Path = $shell; Parameter = (Get-CallParameter $Target) + @{ ModulePath = $ModulePath; Chunks = $chunks } } }) $Rounds
}
finally {
    Set-EmulatorSetting $Target @{ chunkCount = $null }
}

$all = $results.All
$rows = @(
    New-Row 'HttpClient, bytes' $all.Bytes
    New-Row 'HttpClient, lines' $all.Lines $all.Bytes
    New-Row '-Stream' $all.Host $all.Bytes -Target 1.5
    New-Row '-StreamText' $all.Text $all.Bytes -Target 1.5
)
Write-Figure "StreamMany: a stream of $chunks chunks" $rows

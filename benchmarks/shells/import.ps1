param($ModulePath)
$started = [Diagnostics.Stopwatch]::GetTimestamp()
Import-Module $ModulePath
"Milliseconds=$([Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMilliseconds)"

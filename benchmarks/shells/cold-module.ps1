param($ModulePath, $Endpoint, $Key, $Deployment)
$started = [Diagnostics.Stopwatch]::GetTimestamp()
Import-Module $ModulePath
$imported = [Diagnostics.Stopwatch]::GetTimestamp()
$answer = (Invoke-AzOpenAIChat 'Hello' -Endpoint $Endpoint -Key $Key -Deployment $Deployment).Content
$answered = [Diagnostics.Stopwatch]::GetTimestamp()
if (-not $answer) { throw 'The answer is empty.' }
"Import=$([Diagnostics.Stopwatch]::GetElapsedTime($started, $imported).TotalMilliseconds)"
"Call=$([Diagnostics.Stopwatch]::GetElapsedTime($imported, $answered).TotalMilliseconds)"

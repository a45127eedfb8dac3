param($Endpoint, $Key, $Deployment)
$started = [Diagnostics.Stopwatch]::GetTimestamp()
$body = '{"messages":[{"role":"user","content":"Hello"}],"model":"' + $Deployment + '"}'
$answer = (Invoke-RestMethod "${Endpoint}chat/completions" -Method Post -Headers @{ 'api-key' = $Key } -Body $body -ContentType 'application/json').choices[0].message.content
$answered = [Diagnostics.Stopwatch]::GetTimestamp()
if (-not $answer) { throw 'The answer is empty.' }
"Call=$([Diagnostics.Stopwatch]::GetElapsedTime($started, $answered).TotalMilliseconds)"

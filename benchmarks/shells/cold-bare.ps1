param($Endpoint, $Key, $Deployment)
$started = [Diagnostics.Stopwatch]::GetTimestamp()
$client = [Net.Http.HttpClient]::new()
$client.DefaultRequestHeaders.Add('api-key', $Key)
$content = [Net.Http.StringContent]::new('{"messages":[{"role":"user","content":"Hello"}],"model":"' + $Deployment + '"}', [Text.Encoding]::UTF8, 'application/json')
$response = $client.PostAsync("${Endpoint}chat/completions", $content).GetAwaiter().GetResult()
$json = [Text.Json.JsonDocument]::Parse($response.Content.ReadAsStringAsync().GetAwaiter().GetResult(), [Text.Json.JsonDocumentOptions]::new())
$answer = $json.RootElement.GetProperty('choices')[0].GetProperty('message').GetProperty('content').GetString()
$answered = [Diagnostics.Stopwatch]::GetTimestamp()
if (-not $answer) { throw 'The answer is empty.' }
"Call=$([Diagnostics.Stopwatch]::GetElapsedTime($started, $answered).TotalMilliseconds)"

param($ModulePath, $Endpoint, $Key, $Deployment, [int] $Chunks)
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath

$url = "${Endpoint}chat/completions"
$body = '{"messages":[{"role":"user","content":"Hello"}],"model":"' + $Deployment + '","stream":true,"stream_options":{"include_usage":true}}'
$client = [Net.Http.HttpClient]::new()
$client.DefaultRequestHeaders.Add('api-key', $Key)
$secure = ConvertTo-SecureString $Key -AsPlainText -Force
$call = @{ Endpoint = $Endpoint; Key = $secure; Deployment = $Deployment }

function Open-Stream {
    $request = [Net.Http.HttpRequestMessage]::new('Post', $url)
    $request.Content = [Net.Http.StringContent]::new($body, [Text.Encoding]::UTF8, 'application/json')
    $response = $client.SendAsync($request, [Net.Http.HttpCompletionOption]::ResponseHeadersRead).GetAwaiter().GetResult()
    $response.Content.ReadAsStreamAsync().GetAwaiter().GetResult()
}

$sides = [ordered]@{
    Bytes = { (Open-Stream).CopyToAsync([IO.Stream]::Null).GetAwaiter().GetResult() }
    Lines = {
        $reader = [IO.StreamReader]::new((Open-Stream))
        while ($null -ne $reader.ReadLine()) { }
    }
    Host  = {
        $answer = Invoke-AzOpenAIChat 'Hello' @call -Stream -InformationAction Ignore
        if ($answer.FinishReason -ne 'stop') { throw 'The answer is not whole.' }
    }
    Text  = {
        $pieces = Invoke-AzOpenAIChat 'Hello' @call -StreamText
        if ($pieces.Count -lt $Chunks) { throw "Only $($pieces.Count) pieces came." }
    }
}

# The runtime compiles what is called often a second time, in the background.
for ($i = 0; $i -lt 4; $i++) {
    foreach ($side in $sides.Values) { & $side }
    [Threading.Thread]::Sleep(300)
}

$times = @{}
foreach ($name in $sides.Keys) { $times[$name] = [Collections.Generic.List[double]]::new() }
for ($i = 0; $i -lt 7; $i++) {
    foreach ($name in $sides.Keys) {
        $started = [Diagnostics.Stopwatch]::GetTimestamp()
        & $sides[$name]
        $times[$name].Add([Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMilliseconds)
    }
}

# The middle one of seven.
foreach ($name in $sides.Keys) { "$name=$(($times[$name] | Sort-Object)[3])" }

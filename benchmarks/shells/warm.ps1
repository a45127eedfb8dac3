param($ModulePath, $Endpoint, $Key, $Deployment, [int] $Calls)
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath

$url = "${Endpoint}chat/completions"
$body = '{"messages":[{"role":"user","content":"Hello"}],"model":"' + $Deployment + '"}'
$headers = @{ 'api-key' = $Key }
$client = [Net.Http.HttpClient]::new()
$client.DefaultRequestHeaders.Add('api-key', $Key)
$options = [Text.Json.JsonDocumentOptions]::new()
$secure = ConvertTo-SecureString $Key -AsPlainText -Force
# What the client above is for the loop: where and with which key, said once.
$null = New-AzOpenAIConnection warm $Endpoint -Key $secure -Deployment $Deployment -Default

# A cmdlet that does no more than the loop, once with few and once with as many parameters as a chat has: what PowerShell asks for any cmdlet.
$parameters = foreach ($i in 1..50) { "[Parameter] public string P$i { get; set; }" }
Add-Type -TypeDefinition @"
using System.Management.Automation; using System.Net.Http; using System.Text; using System.Text.Json;
public abstract class PostCommand : PSCmdlet {
    [Parameter(Position = 0)] public string Message { get; set; }
    [Parameter] public HttpClient Client { get; set; }
    [Parameter] public string Url { get; set; }
    [Parameter] public string Body { get; set; }
    protected override void ProcessRecord() {
        var response = Client.PostAsync(Url, new StringContent(Body, Encoding.UTF8, "application/json")).GetAwaiter().GetResult();
        using var json = JsonDocument.Parse(response.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        WriteObject(json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }
}
[Cmdlet("Invoke", "SmallPost")] public class SmallPostCommand : PostCommand { }
[Cmdlet("Invoke", "LargePost")] public class LargePostCommand : PostCommand { $parameters }
"@ -PassThru | ForEach-Object Assembly | Select-Object -First 1 | Import-Module

$sides = [ordered]@{
    Bare   = {
        param($Count)
        for ($i = 0; $i -lt $Count; $i++) {
            $content = [Net.Http.StringContent]::new($body, [Text.Encoding]::UTF8, 'application/json')
            $response = $client.PostAsync($url, $content).GetAwaiter().GetResult()
            $json = [Text.Json.JsonDocument]::Parse($response.Content.ReadAsStringAsync().GetAwaiter().GetResult(), $options)
            $null = $json.RootElement.GetProperty('choices')[0].GetProperty('message').GetProperty('content').GetString()
        }
    }
    Small  = {
        param($Count)
        for ($i = 0; $i -lt $Count; $i++) { $null = Invoke-SmallPost 'Hello' -Client $client -Url $url -Body $body }
    }
    Large  = {
        param($Count)
        for ($i = 0; $i -lt $Count; $i++) { $null = Invoke-LargePost 'Hello' -Client $client -Url $url -Body $body }
    }
    Module = {
        param($Count)
        for ($i = 0; $i -lt $Count; $i++) {
            $null = (Invoke-AzOpenAIChat 'Hello' -Endpoint $Endpoint -Key $secure -Deployment $Deployment).Content
        }
    }
    Session = {
        param($Count)
        for ($i = 0; $i -lt $Count; $i++) { $null = (Invoke-AzOpenAIChat 'Hello').Content }
    }
    Piped  = {
        param($Count)
        $null = (@('Hello') * $Count | Invoke-AzOpenAIChat).Content
    }
    Rest   = {
        param($Count)
        for ($i = 0; $i -lt $Count; $i++) {
            $null = (Invoke-RestMethod $url -Method Post -Headers $headers -Body $body -ContentType 'application/json').choices[0].message.content
        }
    }
}
if (Get-Module PSOpenAI -ListAvailable) {
    Import-Module PSOpenAI
    $sides.PSOpenAI = {
        param($Count)
        for ($i = 0; $i -lt $Count; $i++) {
            $null = (Request-ChatCompletion -Message 'Hello' -Model $Deployment -ApiBase $Endpoint -ApiKey $secure).Answer
        }
    }
}

# The runtime compiles what is called often a second time, in the background, and what that calls in turn: until then both sides measure the compiler.
for ($i = 0; $i -lt 10; $i++) {
    foreach ($side in $sides.Values) { & $side 300 }
    [Threading.Thread]::Sleep(300)
}

$elapsed = @{}
foreach ($name in $sides.Keys) { $elapsed[$name] = [TimeSpan]::Zero }
$block = [Math]::Max(1, [int]($Calls / 10))
$done = 0
while ($done -lt $Calls) {
    $count = [Math]::Min($block, $Calls - $done)
    foreach ($name in $sides.Keys) {
        $started = [Diagnostics.Stopwatch]::GetTimestamp()
        & $sides[$name] $count
        $elapsed[$name] += [Diagnostics.Stopwatch]::GetElapsedTime($started)
    }
    $done += $count
}
foreach ($name in $sides.Keys) { "$name=$($elapsed[$name].TotalMilliseconds / $Calls)" }

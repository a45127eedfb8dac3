param($ModulePath, $Endpoint, $Key, $Deployment)
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath

$url = "${Endpoint}chat/completions"
$body = '{"messages":[{"role":"user","content":"Hello"}],"model":"' + $Deployment + '","stream":true}'
$client = [Net.Http.HttpClient]::new()
$client.DefaultRequestHeaders.Add('api-key', $Key)
$secure = ConvertTo-SecureString $Key -AsPlainText -Force
$text = [regex]::new('"content":"[^"]')

function Read-Wire {
    $started = [Diagnostics.Stopwatch]::GetTimestamp()
    $request = [Net.Http.HttpRequestMessage]::new('Post', $url)
    $request.Content = [Net.Http.StringContent]::new($body, [Text.Encoding]::UTF8, 'application/json')
    $response = $client.SendAsync($request, [Net.Http.HttpCompletionOption]::ResponseHeadersRead).GetAwaiter().GetResult()
    $reader = [IO.StreamReader]::new($response.Content.ReadAsStreamAsync().GetAwaiter().GetResult())
    $first = $last = $null
    while ($null -ne ($line = $reader.ReadLine())) {
        if ($text.IsMatch($line)) {
            $last = [Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMilliseconds
            $first ??= $last
        }
    }
    $response.Dispose()
    [pscustomobject]@{ First = $first; Last = $last }
}

function Read-Shown {
    $started = [Diagnostics.Stopwatch]::GetTimestamp()
    $first = $last = $null
    Invoke-AzOpenAIChat 'Hello' -Endpoint $Endpoint -Key $secure -Deployment $Deployment -Stream 6>&1 | ForEach-Object {
        if ($_ -is [Management.Automation.InformationRecord] -and "$_".Trim()) {
            $last = [Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMilliseconds
            $first ??= $last
        }
    }
    [pscustomobject]@{ First = $first; Last = $last }
}

$null = Read-Wire
$null = Read-Shown
$wire = [Collections.Generic.List[object]]::new()
$shown = [Collections.Generic.List[object]]::new()
for ($i = 0; $i -lt 3; $i++) {
    $wire.Add((Read-Wire))
    $shown.Add((Read-Shown))
}

# The middle one of three.
function Get-Middle($Values) { ($Values | Sort-Object)[1] }
$wireFirst = Get-Middle $wire.First
$hostFirst = Get-Middle $shown.First
"WireFirst=$wireFirst"
"WireLast=$(Get-Middle $wire.Last)"
"HostFirst=$hostFirst"
"HostLast=$(Get-Middle $shown.Last)"
"Behind=$($hostFirst - $wireFirst)"

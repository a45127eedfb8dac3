param($ModulePath, $Emulator)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $ModulePath
$context = Connect-AzOpenAI -Emulator -EmulatorUri $Emulator

$client = [Net.Http.HttpClient]::new()
$client.DefaultRequestHeaders.Add('Authorization', 'Bearer emulator')
$url = "$("$Emulator".TrimEnd('/'))/subscriptions/$($context.SubscriptionId)?api-version=2022-12-01"
function Measure-Request {
    $started = [Diagnostics.Stopwatch]::GetTimestamp()
    $null = $client.GetStringAsync($url).GetAwaiter().GetResult()
    [Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMilliseconds
}

function Measure-Inventory {
    $first = 0.0
    $count = 0
    $started = [Diagnostics.Stopwatch]::GetTimestamp()
    Get-AzOpenAIDeployment | ForEach-Object { if ($count++ -eq 0) { $first = [Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMilliseconds } }
    $all = [Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMilliseconds
    if ($count -lt 2000) { throw "$count deployments." }
    [pscustomobject]@{ First = $first; All = $all }
}

# The runtime compiles what is called often a second time, in the background.
for ($i = 0; $i -lt 5; $i++) { $null = Measure-Request; $null = Measure-Inventory }

$bare = [Collections.Generic.List[double]]::new()
$runs = [Collections.Generic.List[object]]::new()
for ($i = 0; $i -lt 5; $i++) {
    $bare.Add((Measure-Request))
    $runs.Add((Measure-Inventory))
}

$log = "$("$Emulator".TrimEnd('/'))/_emulator/requests"
$null = $client.DeleteAsync($log).GetAwaiter().GetResult()
$null = Measure-Inventory
$requests = @((Invoke-RestMethod $log -NoProxy).value).Count

# The middle one of five.
"Bare=$(($bare | Sort-Object)[2])"
"First=$(($runs.First | Sort-Object)[2])"
"All=$(($runs.All | Sort-Object)[2])"
"Requests=$requests"

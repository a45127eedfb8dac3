param($ModulePath, $Endpoint, $Key, $Deployment, [int] $Calls, [int] $Throttle)
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath

# The bare loop: so many tasks, each of which posts, reads the answer and takes the next prompt.
Add-Type -ReferencedAssemblies System.Net.Http, System.Text.Json, System.Threading, System.Collections, System.Runtime, System.Memory, System.Net.Primitives -TypeDefinition @'
using System;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

public static class BareLoop
{
    public static int Run(string url, string key, string deployment, int calls, int workers)
    {
        using HttpClient client = new();
        client.DefaultRequestHeaders.Add("api-key", key);
        int next = 0;
        int characters = 0;
        async Task WorkAsync()
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) <= calls)
            {
                string body = JsonSerializer.Serialize(new { model = deployment, messages = new[] { new { role = "user", content = "Prompt " + i } } });
                using StringContent content = new(body, Encoding.UTF8, "application/json");
                using HttpResponseMessage response = await client.PostAsync(url, content).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
                string text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
                using JsonDocument json = JsonDocument.Parse(text);
                Interlocked.Add(ref characters, json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString().Length);
            }
        }

        Task[] tasks = new Task[workers];
        for (int i = 0; i < workers; i++)
            tasks[i] = Task.Run(WorkAsync);
        Task.WaitAll(tasks);
        return characters;
    }
}
'@

$url = "${Endpoint}chat/completions"
$secure = ConvertTo-SecureString $Key -AsPlainText -Force
$call = @{ Endpoint = $Endpoint; Key = $secure; Deployment = $Deployment; ThrottleLimit = $Throttle }
$ProgressPreference = 'SilentlyContinue'
$elapsed = @{}
$sides = [ordered]@{
    Bare   = { param($Count) $null = [BareLoop]::Run($url, $Key, $Deployment, $Count, $Throttle) }
    Module = { param($Count) 1..$Count | ForEach-Object { "Prompt $_" } | Invoke-AzOpenAIChat @call | Out-Null }
}

# The runtime compiles what is called often a second and a third time, in the background, and what that calls in turn: until then both sides measure the compiler.
foreach ($round in 1..10) {
    foreach ($side in $sides.Values) { & $side 2000 }
    [Threading.Thread]::Sleep(500)
}

foreach ($name in $sides.Keys) { $elapsed[$name] = [TimeSpan]::Zero }
$block = [Math]::Max(1, [int]($Calls / 10))
for ($done = 0; $done -lt $Calls; $done += $block) {
    foreach ($name in $sides.Keys) {
        $started = [Diagnostics.Stopwatch]::GetTimestamp()
        & $sides[$name] $block
        $elapsed[$name] += [Diagnostics.Stopwatch]::GetElapsedTime($started)
    }
}
foreach ($name in $sides.Keys) { "$name=$($elapsed[$name].TotalMilliseconds / $done)" }

# What stays in memory in the middle of a long run, above what was there before it.
function Get-Heap { [GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect(); [GC]::GetTotalMemory($true) }
$seen = 0
$heaps = [Collections.Generic.List[double]]::new()
$sets = [Collections.Generic.List[double]]::new()
$null = 1..$Calls | ForEach-Object { "Prompt $_" } | Invoke-AzOpenAIChat @call | ForEach-Object {
    $seen++
    if ($seen % [int]($Calls / 5) -eq 0) {
        $heaps.Add((Get-Heap) / 1MB)
        $sets.Add([Environment]::WorkingSet / 1MB)
    }
}
"Seen=$seen"
"HeapEarly=$($heaps[0])"
"HeapLate=$($heaps[-1])"
"SetEarly=$($sets[0])"
"SetLate=$($sets[-1])"

param($Emulator, [int] $Resources, [int] $PerResource)
$ErrorActionPreference = 'Stop'
$base = "$Emulator".TrimEnd('/')
$client = [Net.Http.HttpClient]::new()
$client.DefaultRequestHeaders.Add('Authorization', 'Bearer emulator')
function Send($Method, $Path, $Body) {
    $request = [Net.Http.HttpRequestMessage]::new([Net.Http.HttpMethod]::new($Method), "$base/$Path")
    if ($Body) { $request.Content = [Net.Http.StringContent]::new($Body, [Text.Encoding]::UTF8, 'application/json') }
    $response = $client.SendAsync($request).GetAwaiter().GetResult()
    $text = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    if (-not $response.IsSuccessStatusCode) { throw "$Method ${Path}: $text" }
    $text
}

$subscription = (ConvertFrom-Json (Send GET '_emulator/health')).subscriptionId
$group = "subscriptions/$subscription/resourceGroups/inventory"
$null = Send PUT "${group}?api-version=2022-09-01" '{"location":"swedencentral"}'
$regions = 'swedencentral', 'eastus2', 'westeurope', 'francecentral', 'uksouth', 'japaneast', 'australiaeast', 'canadaeast', 'westus3', 'norwayeast'
$null = Send PATCH '_emulator/quota' '{"location":"swedencentral","usageName":"OpenAI.GlobalStandard.gpt-5-mini","limit":1000000}'
foreach ($region in $regions) { $null = Send PATCH '_emulator/quota' "{""location"":""$region"",""usageName"":""OpenAI.S0.AccountCount"",""limit"":1000}" }

$account = { param($i) "$group/providers/Microsoft.CognitiveServices/accounts/resource-$i" }
for ($i = 0; $i -lt $Resources; $i++) {
    $null = Send PUT "$(& $account $i)?api-version=2025-06-01" "{""location"":""$($regions[$i % $regions.Count])"",""kind"":""OpenAI"",""sku"":{""name"":""S0""},""properties"":{""customSubDomainName"":""resource-$i""}}"
}

# By now the first ones have been provisioned, and the others follow at once.
[Threading.Thread]::Sleep(200)
$body = '{"sku":{"name":"GlobalStandard","capacity":1},"properties":{"model":{"format":"OpenAI","name":"gpt-5-mini","version":"2025-08-07"}}}'
for ($i = 0; $i -lt $Resources; $i++) {
    for ($j = 0; $j -lt $PerResource; $j++) { $null = Send PUT "$(& $account $i)/deployments/chat-${j}?api-version=2025-06-01" $body }
}
"Deployments=$($Resources * $PerResource)"

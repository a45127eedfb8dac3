param($ModulePath, $Emulator, [int] $Prompts, $Deployment)
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath
$null = Connect-AzOpenAI -Emulator -EmulatorUri $Emulator

# The capacity that makes 600 requests a minute of it, by what the service says of one unit.
$resource = Get-AzOpenAIResource | Select-Object -First 1
$null = New-AzOpenAIDeployment -Resource $resource -Name $Deployment -Model gpt-5-mini -Sku GlobalStandard -Capacity 100 -Ensure -NoProbe
$key = Get-AzOpenAIKey -Resource $resource
$limit = (Invoke-AzOpenAIChat 'Hello' -Connection $key -Deployment $Deployment).RateLimit
$null = Set-AzOpenAIDeployment -Resource $resource -Name $Deployment -Capacity ([int](100 * 600 / $limit.LimitRequests))
Start-Sleep -Seconds 11

$ProgressPreference = 'SilentlyContinue'
$texts = 1..$Prompts | ForEach-Object { "Prompt $_" }
$watch = [Diagnostics.Stopwatch]::StartNew()
$answers = @($texts | Invoke-AzOpenAIChat -Connection $key -Deployment $Deployment -ThrottleLimit 64)
"Seconds=$($watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture))"
"Answered=$(@($answers | Where-Object Content).Count)"
Remove-AzOpenAIDeployment -Resource $resource -Name $Deployment -Force

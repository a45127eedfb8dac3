param($ModulePath, $Emulator)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $ModulePath
$null = Connect-AzOpenAI -Emulator -EmulatorUri $Emulator
$count = 0
Get-AzOpenAIDeployment | ForEach-Object { $count++ }
if ($count -lt 2000) { throw "$count deployments." }
"Peak=$([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB)"

param($ModulePath, $Emulator)
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath
$null = Connect-AzOpenAI -Emulator -EmulatorUri $Emulator
$deployment = New-AzOpenAIResource -ResourceGroupName benchmark -Name benchmark -Location swedencentral -CreateResourceGroup | New-AzOpenAIDeployment -Model gpt-5-mini
$key = $deployment | Get-AzOpenAIKey -AsPlainText
"Endpoint=$("$($key.Endpoint)".TrimEnd('/'))/"
"Key=$($key.Key1)"
"Deployment=$($deployment.Name)"

<#
.SYNOPSIS
Runs the whole lifecycle: on the emulator by default, in Azure with -Azure.
.EXAMPLE
./examples/quickstart.ps1
.EXAMPLE
./examples/quickstart.ps1 -Azure -Location eastus2
#>
[CmdletBinding()]
param(
    [switch] $Azure,
    [string] $Location = 'swedencentral',
    [string] $Model = 'gpt-5-mini'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

if (-not (Get-Module AzOpenAI)) {
    Import-Module "$PSScriptRoot/../out/AzOpenAI"
}

$emulator = $null
if ($Azure) {
    $null = Connect-AzOpenAI
}
else {
    $emulator = Start-AzOpenAIEmulator
    $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri
}

$name = "azopenai-$([Guid]::NewGuid().ToString('N').Substring(0, 8))"
$resource = $null
try {
    $resource = New-AzOpenAIResource -ResourceGroupName rg-azopenai-example -Name $name -Location $Location -CreateResourceGroup
    $key = $resource | New-AzOpenAIDeployment -Model $Model | Get-AzOpenAIKey

    # One pipeline item is one call.
    'What is a deployment?', 'What is a model?' | Invoke-AzOpenAIChat 'Answer in one sentence.' -Connection $key |
        ForEach-Object { "$_" }

    # The text is written to the host as it arrives, followed by the object.
    $answer = $key | Invoke-AzOpenAIChat 'Count from one to five.' -Stream
    "$($answer.Usage.TotalTokens) tokens, finished by '$($answer.FinishReason)'"
}
finally {
    if ($resource) { $resource | Remove-AzOpenAIResource -Purge -Force }
    if ($emulator) { $emulator | Stop-AzOpenAIEmulator }
}

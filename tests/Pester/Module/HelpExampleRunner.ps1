# Runs the examples of one help page, in their order, in a shell of their own. Prints a line of JSON for each.
# What a page may take for granted is set up here and told in docs/help-style.md.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $ExampleFile
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Nothing of the machine's own configuration may help or hinder an example.
Get-ChildItem env: | Where-Object Name -match '^(AZURE_|OPENAI_)' | Remove-Item
# Parallel runspaces and jobs find the module as they do where it is installed.
$env:PSModulePath = [IO.Path]::GetDirectoryName($ModulePath) + [IO.Path]::PathSeparator + $env:PSModulePath
Import-Module $ModulePath
$emulator = Start-AzOpenAIEmulator
# The examples of a page are many calls in a few seconds: with the limits of a small deployment they would wait for minutes.
$null = Invoke-RestMethod "$($emulator.Uri)_emulator/settings" -Method Patch -Body '{"rateLimits":false}' -ContentType application/json -NoProxy
$null = Connect-AzOpenAI -Emulator
$null = New-AzOpenAIResource -ResourceGroupName rg -Name contoso -Location swedencentral -CreateResourceGroup |
    New-AzOpenAIDeployment -Model gpt-5-mini

foreach ($example in Get-Content $ExampleFile -Raw | ConvertFrom-Json) {
    $failure = $null
    $output = ''
    try {
        $output = . ([scriptblock]::Create($example.Code)) 6>$null | Out-String -Width 120
    }
    catch {
        $failure = "$($_.FullyQualifiedErrorId): $_ at: $($_.InvocationInfo.Line)"
    }
    ConvertTo-Json ([ordered]@{ Title = $example.Title; Failure = $failure; Output = $output }) -Compress
}

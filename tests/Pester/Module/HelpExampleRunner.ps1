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
$null = Start-AzOpenAIEmulator
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

# Runs the examples of help pages: those of one page in their order, in a runspace and on an emulator of their own. Prints a line of JSON for each.
# Sets up what the examples of a page can rely on, as described in docs/writing.md. The pages share a process because starting one takes longer than most pages.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    # JSON: pages with Name and Examples, which have Title and Code.
    [Parameter(Mandatory)] [string] $PageFile
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Nothing of the machine's own configuration may help or hinder an example.
Get-ChildItem env: | Where-Object Name -match '^(AZURE_|OPENAI_)' | Remove-Item
# Parallel runspaces and jobs find the module as they do where it is installed.
$env:PSModulePath = [IO.Path]::GetDirectoryName($ModulePath) + [IO.Path]::PathSeparator + $env:PSModulePath
$environment = [Environment]::GetEnvironmentVariables()

$runPage = {
    param($ModulePath, $Page)
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    Import-Module $ModulePath
    $emulator = Start-AzOpenAIEmulator
    # The examples of a page are many calls in a few seconds: with the limits of a small deployment they would wait for minutes.
    $null = Invoke-RestMethod "$($emulator.Uri)_emulator/settings" -Method Patch -Body '{"rateLimits":false}' -ContentType application/json -NoProxy
    $null = Connect-AzOpenAI -Emulator
    $null = New-AzOpenAIResource -ResourceGroupName rg -Name contoso -Location swedencentral -CreateResourceGroup |
        New-AzOpenAIDeployment -Model gpt-5-mini

    foreach ($example in $Page.Examples) {
        $failure = $null
        $output = ''
        try {
            $output = . ([scriptblock]::Create($example.Code)) 6>$null | Out-String -Width 120
        }
        catch {
            $failure = "$($_.FullyQualifiedErrorId): $_ at: $($_.InvocationInfo.Line)"
        }
        ConvertTo-Json ([ordered]@{ Page = $Page.Name; Title = $example.Title; Failure = $failure; Output = $output }) -Compress
    }
    Stop-AzOpenAIEmulator -ErrorAction Ignore
}

foreach ($page in Get-Content $PageFile -Raw | ConvertFrom-Json) {
    $runspace = [runspacefactory]::CreateRunspace($Host)
    $runspace.Open()
    $shell = [PowerShell]::Create($runspace)
    try {
        $shell.AddScript($runPage.ToString()).AddArgument($ModulePath).AddArgument($page).Invoke()
    }
    catch {
        "$($page.Name): $_"
    }
    foreach ($problem in $shell.Streams.Error) { "$($page.Name): $problem" }
    $shell.Dispose()
    $runspace.Dispose()
    foreach ($name in [Environment]::GetEnvironmentVariables().Keys) { [Environment]::SetEnvironmentVariable($name, $environment[$name]) }
}

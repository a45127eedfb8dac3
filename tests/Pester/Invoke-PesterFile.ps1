#Requires -Version 7.6
<#
.SYNOPSIS
    Runs one Pester file in this process and says by its exit code how many tests failed.
.DESCRIPTION
    A file that ran no test has failed.
.PARAMETER Pester
    Manifest of Pester 5. By default the one that the build restored.
.EXAMPLE
    dotnet pwsh tests/Pester/Invoke-PesterFile.ps1 tests/Pester/Module/Views.Tests.ps1
#>
param([Parameter(Mandatory)] [string] $Path, [string] $Pester)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'
if (-not $Pester) { $Pester = & dotnet msbuild ([IO.Path]::Combine($PSScriptRoot, '..', 'AzOpenAI.Tests')) -getProperty:PesterManifest }
# Not by #Requires -Modules: with it, the shell ends with exit code 0 whatever the script says.
Import-Module $Pester -MinimumVersion 5.5.0 -MaximumVersion 5.99.99

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration

function Write-Failure($Title, $Errors) {
    "[-] $Title"
    foreach ($record in $Errors) {
        foreach ($line in $record.ToString().Trim().Split("`n")) { "    $($line.TrimEnd())" }
        foreach ($line in "$($record.ScriptStackTrace)".Split("`n") | Where-Object { $_ -match '\.(ps1|psm1): line' -and $_ -notmatch '(Pester\.ps(m?)1|Invoke-PesterFile\.ps1):' }) { "      $($line.Trim())" }
    }
}

foreach ($container in $result.FailedContainers) { Write-Failure "$($container.Item)" $container.ErrorRecord }
foreach ($block in $result.FailedBlocks) { Write-Failure "block $($block.ExpandedPath)" $block.ErrorRecord }
foreach ($test in $result.Failed) { Write-Failure $test.ExpandedPath $test.ErrorRecord }
foreach ($test in $result.Skipped) {
    $because = if ($test.ErrorRecord) { ": $($test.ErrorRecord[0])" } else { '' }
    "[!] skipped $($test.ExpandedPath)$because"
}

"Tests: $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped, $($result.NotRunCount) not run"
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
if ($result.PassedCount + $result.FailedCount + $result.SkippedCount -eq 0) {
    "The file '$Path' ran no test."
    $failed = [Math]::Max($failed, 1)
}

exit [Math]::Min($failed, 250)

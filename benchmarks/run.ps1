<#
.SYNOPSIS
Measures the module against what the same work costs without it, and prints ratios.
.DESCRIPTION
Needs out/AzOpenAI (dotnet build -c Release) and the PowerShell that runs this script; starts an emulator of its own. See README.md for how to read the result.
.PARAMETER Name
Figures to measure; all when left out.
.PARAMETER Rounds
Fresh processes per side. Medians are taken over them.
.PARAMETER Calls
Calls per side and process in WarmChat.
.PARAMETER ModulePath
The module under test.
.EXAMPLE
./benchmarks/run.ps1 -Name Import, ColdChat
#>
[CmdletBinding()]
param(
    [ValidateSet('Import', 'ColdChat', 'WarmChat', 'Streaming', 'StreamMany', 'Regions', 'Inventory', 'Bulk10k', 'BulkLimit')]
    [string[]] $Name = @('Import', 'ColdChat', 'WarmChat', 'Streaming', 'StreamMany', 'Regions', 'Inventory', 'Bulk10k', 'BulkLimit'),

    [ValidateRange(1, 100)]
    [int] $Rounds = 7,

    [ValidateRange(10, 100000)]
    [int] $Calls = 300,

    [string] $ModulePath = [IO.Path]::Combine($PSScriptRoot, '..', 'out', 'AzOpenAI')
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
Import-Module ([IO.Path]::Combine($PSScriptRoot, 'common.psm1')) -Force

$ModulePath = [IO.Path]::GetFullPath($ModulePath)
if (-not [IO.Directory]::Exists($ModulePath)) { throw "'$ModulePath' is missing. Run 'dotnet build --configuration Release' first." }

"PowerShell $($PSVersionTable.PSVersion), .NET $([Environment]::Version), $([Runtime.InteropServices.RuntimeInformation]::OSDescription), $([Environment]::ProcessorCount) processors, $Rounds rounds"
$target = $null
try {
    if ($Name -ne 'Import') { $target = Start-BenchmarkTarget $ModulePath }
    foreach ($figure in $Name) {
        ''
        & ([IO.Path]::Combine($PSScriptRoot, "$figure.ps1")) -ModulePath $ModulePath -Rounds $Rounds -Calls $Calls -Target $target
    }
}
finally {
    if ($target) { Stop-BenchmarkTarget $target }
}

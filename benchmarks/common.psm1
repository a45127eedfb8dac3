# Shared by the figures: fresh shells, an emulator to call, medians and the table.

Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'tests', 'Pester', 'shell.psm1')) -Force

# A fresh shell composes its telemetry in the background, in the middle of what is measured.
$env:POWERSHELL_TELEMETRY_OPTOUT = '1'

<# Starts an emulator in a process of its own, with a deployment that answers as fast as it can, and returns where and how to call it. #>
function Start-BenchmarkTarget {
    param([Parameter(Mandatory)] [string] $ModulePath)

    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in [IO.Path]::Combine($ModulePath, 'module', 'tools', 'azopenai.dll'), 'emulator', '--json', '--exit-with-stdin') { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if (-not $line) { throw 'The emulator did not start.' }

    $uri = (ConvertFrom-Json $line).uri
    $shell = [IO.Path]::Combine($PSScriptRoot, 'shells', 'deploy.ps1')
    $made = Invoke-FreshShell $shell @{ ModulePath = $ModulePath; Emulator = $uri }
    $target = @{ Process = $process; Uri = $uri; Endpoint = $made.Endpoint; Key = $made.Key; Deployment = $made.Deployment }
    # What is measured is the client: the deployment's limits would throttle it.
    Set-EmulatorSetting $target @{ rateLimits = $false }
    $target
}

function Stop-BenchmarkTarget {
    param([Parameter(Mandatory)] [hashtable] $Target)
    $Target.Process.StandardInput.Close()
    $null = $Target.Process.WaitForExit(5000)
}

function Set-EmulatorSetting {
    param([Parameter(Mandatory)] [hashtable] $Target, [Parameter(Mandatory)] [hashtable] $Setting)
    $null = Invoke-RestMethod "$($Target.Uri)_emulator/settings" -Method Patch -Body (ConvertTo-Json $Setting) -ContentType 'application/json' -NoProxy
}

<# What a shell needs to call the target. #>
function Get-CallParameter {
    param([Parameter(Mandatory)] [hashtable] $Target)
    @{ Endpoint = $Target.Endpoint; Key = $Target.Key; Deployment = $Target.Deployment }
}

<# Runs a script of shells/ in a fresh PowerShell. The script prints lines name=value; they come back as one object, numbers as numbers. #>
function Invoke-FreshShell {
    param([Parameter(Mandatory)] [string] $Path, [hashtable] $Parameter = @{})

    $arguments = foreach ($entry in $Parameter.GetEnumerator()) { "-$($entry.Key)"; "$($entry.Value)" }
    $shell = Get-Shell
    $lines = & $shell.Program $shell.Argument -NoProfile -NonInteractive -File $Path @arguments
    if ($LASTEXITCODE -ne 0) { throw "'$Path' ended with exit code $LASTEXITCODE." }

    $result = [ordered]@{}
    foreach ($line in $lines) {
        $key, $value = $line.Split('=', 2)
        $number = 0.0
        $result[$key] = [double]::TryParse($value, [Globalization.NumberStyles]::Float, [cultureinfo]::InvariantCulture, [ref] $number) ? $number : $value
    }
    [pscustomobject]$result
}

<#
Runs the sides in turn, A B A B, so that a slow moment of the machine meets both. One round before the first fills the disk cache and is not counted.
Returns the results of the rounds by side.
#>
function Measure-FreshShell {
    param(
        [Parameter(Mandatory)] [Collections.IDictionary] $Side,
        [Parameter(Mandatory)] [int] $Rounds
    )
    $results = [ordered]@{}
    foreach ($name in $Side.Keys) { $results[$name] = [Collections.Generic.List[object]]::new() }
    for ($round = 0; $round -le $Rounds; $round++) {
        foreach ($name in $Side.Keys) {
            $one = Invoke-FreshShell $Side[$name].Path $Side[$name].Parameter
            if ($round -gt 0) { $results[$name].Add($one) }
        }
    }
    $results
}

function Get-Median {
    param([Parameter(Mandatory)] [double[]] $Value)
    $sorted = [double[]]($Value | Sort-Object)
    $middle = [int][Math]::Floor($sorted.Count / 2)
    if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

<#
A row of a figure: median and range of the side, and its ratio to the baseline with the target where there is one. Where both ran in the same shells, taking
turns (-SameShell), the ratio is the median of the shells' ratios: what a shell is slow for, both are.
#>
function New-Row {
    param(
        [Parameter(Mandatory)] [string] $What,
        [Parameter(Mandatory)] [double[]] $Milliseconds,
        [double[]] $Baseline,
        [Nullable[double]] $Target,
        [switch] $SameShell
    )
    $ratio = if (-not $Baseline) { $null }
    elseif ($SameShell) { Get-Median (0..($Milliseconds.Count - 1) | ForEach-Object { $Milliseconds[$_] / $Baseline[$_] }) }
    else { (Get-Median $Milliseconds) / (Get-Median $Baseline) }
    $measure = $Milliseconds | Measure-Object -Minimum -Maximum
    [pscustomobject][ordered]@{
        What     = $What
        'Median ms' = '{0:N2}' -f (Get-Median $Milliseconds)
        'Range ms'  = '{0:N2} - {1:N2}' -f $measure.Minimum, $measure.Maximum
        Ratio    = if ($null -ne $ratio) { '{0:N2}' -f $ratio } else { '' }
        Target   = if ($null -ne $Target) { '<= {0}' -f $Target } else { '' }
    }
}

<# Prints a figure as a table that keeps its form in a log. #>
function Write-Figure {
    param([Parameter(Mandatory)] [string] $Title, [Parameter(Mandatory)] [object[]] $Row)
    $Title
    ($Row | Format-Table -AutoSize | Out-String -Width 200).Trim("`r", "`n")
}

Export-ModuleMember -Function *

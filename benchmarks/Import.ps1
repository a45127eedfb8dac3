# Import-Module in a fresh shell, against a manifest module that holds nothing.
param([string] $ModulePath, [int] $Rounds, [int] $Calls, $Target)

$folder = [IO.Directory]::CreateTempSubdirectory('azopenai-benchmark-').FullName
try {
    # Both by their folder: the shell looks for the manifest in it, and that is part of what is measured.
    $empty = [IO.Directory]::CreateDirectory([IO.Path]::Combine($folder, 'Empty')).FullName
    [IO.File]::WriteAllText([IO.Path]::Combine($empty, 'Empty.psd1'), "@{ RootModule = 'Empty.psm1'; ModuleVersion = '1.0'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }")
    [IO.File]::WriteAllText([IO.Path]::Combine($empty, 'Empty.psm1'), '')

    $shell = [IO.Path]::Combine($PSScriptRoot, 'shells', 'import.ps1')
    $sides = [ordered]@{
        Empty  = @{ Path = $shell; Parameter = @{ ModulePath = $empty } }
        Module = @{ Path = $shell; Parameter = @{ ModulePath = $ModulePath } }
    }
    if (Get-Module PSOpenAI -ListAvailable) { $sides.PSOpenAI = @{ Path = $shell; Parameter = @{ ModulePath = 'PSOpenAI' } } }
    $results = Measure-FreshShell $sides $Rounds

    $rows = @(
        New-Row 'Empty manifest module' $results.Empty.Milliseconds
        New-Row 'AzOpenAI' $results.Module.Milliseconds $results.Empty.Milliseconds -Target 4
        if ($results.Contains('PSOpenAI')) { New-Row 'PSOpenAI' $results.PSOpenAI.Milliseconds $results.Empty.Milliseconds }
    )
    Write-Figure 'Import: Import-Module as the first statement of a fresh shell' $rows

    $loaded = (Invoke-FreshShell ([IO.Path]::Combine($PSScriptRoot, 'shells', 'loaded.ps1')) @{ ModulePath = $ModulePath }).Assemblies
    "Assemblies that the import loads: $loaded"
    $early = @($loaded.Split(' ') -match '^(Azure\.|OpenAI$|System\.ClientModel$|Microsoft\.Identity)')
    if ($early) { "Of an SDK, and too early: $early" } else { 'None of an SDK.' }
}
finally {
    [IO.Directory]::Delete($folder, $true)
}

<#
.SYNOPSIS
Builds, tests or packs the module. Thin: everything it does is a dotnet command, and dotnet build alone yields out/AzOpenAI.
.PARAMETER Task
Build assembles out/AzOpenAI; Test runs all tests; Docs rebuilds the help files; Package makes out/AzOpenAI.<version>.zip.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Docs', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version 3

switch ($Task) {
    'Build' { dotnet build "$PSScriptRoot/AzOpenAI.slnx" --configuration $Configuration }
    'Test' { dotnet test --solution "$PSScriptRoot/AzOpenAI.slnx" --configuration $Configuration }
    'Docs' { dotnet build "$PSScriptRoot/module/AzOpenAI.Module.csproj" --configuration $Configuration --target:BuildHelp }
    'Package' {
        dotnet build "$PSScriptRoot/AzOpenAI.slnx" --configuration $Configuration
        $version = (Import-PowerShellDataFile "$PSScriptRoot/AzOpenAI.psd1").ModuleVersion
        Compress-Archive -Path "$PSScriptRoot/out/AzOpenAI" -DestinationPath "$PSScriptRoot/out/AzOpenAI.$version.zip" -Force
    }
}

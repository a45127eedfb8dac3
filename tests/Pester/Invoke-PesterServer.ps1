#Requires -Version 7.6
<#
.SYNOPSIS
    Runs the Pester files that are named on a pipe, one after the other, and answers each with its result.
.DESCRIPTION
    Starting a shell and warming it up takes longer than most files do. Each file has a runspace of its own, and with it a session of the module of its own; the
    process, its loaded assemblies and compiled code are shared.
.PARAMETER Pipe
    Name of the pipe. A request is a line with a path; the answer is a line of JSON with ExitCode and Output, as Invoke-PesterFile.ps1 gives them.
#>
param([Parameter(Mandatory)] [string] $Pipe, [Parameter(Mandatory)] [string] $Pester)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$runner = [IO.Path]::Combine($PSScriptRoot, 'Invoke-PesterFile.ps1')
$folder = [Environment]::CurrentDirectory
$environment = [Environment]::GetEnvironmentVariables()

# What a file left behind in the process.
function Reset-Process {
    foreach ($name in [Environment]::GetEnvironmentVariables().Keys) {
        if (-not $environment.ContainsKey($name)) { [Environment]::SetEnvironmentVariable($name, $null) }
    }
    foreach ($name in $environment.Keys) { [Environment]::SetEnvironmentVariable($name, $environment[$name]) }
    [Environment]::CurrentDirectory = $folder
}

function Invoke-File([string] $Path) {
    $runspace = [runspacefactory]::CreateRunspace($Host)
    $runspace.Open()
    $shell = [PowerShell]::Create($runspace)
    try {
        $null = $shell.AddScript('param($runner, $path, $pester, $folder) Set-Location $folder; & $runner $path -Pester $pester; $LASTEXITCODE')
        $lines = @($shell.AddArgument($runner).AddArgument($Path).AddArgument($Pester).AddArgument($folder).Invoke())
        @{ ExitCode = [int] "$($lines[-1])"; Output = (@($lines | Select-Object -SkipLast 1) + $shell.Streams.Error) -join "`n" }
    }
    catch {
        @{ ExitCode = 1; Output = "$_ $($shell.Streams.Error)" }
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}

$client = [IO.Pipes.NamedPipeClientStream]::new('.', $Pipe, [IO.Pipes.PipeDirection]::InOut)
$client.Connect(60000)
$reader = [IO.StreamReader]::new($client)
$writer = [IO.StreamWriter]::new($client)
while ($path = $reader.ReadLine()) {
    $result = Invoke-File $path
    Reset-Process
    $writer.WriteLine((ConvertTo-Json $result -Compress))
    $writer.Flush()
}

# How to start another PowerShell like the one that runs this. It has two forms: a native host (pwsh), and the dotnet tool, whose process is 'dotnet pwsh.dll'.

<# What starts a fresh shell: & $shell.Program $shell.Argument -NoProfile -File ... #>
function Get-Shell {
    $program = [Environment]::ProcessPath
    $isHost = [IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet'
    [pscustomobject]@{
        Program  = $program
        Argument = [string[]]@(if ($isHost) { [IO.Path]::Combine($PSHOME, 'pwsh.dll') })
    }
}

<# The same for [Diagnostics.Process]: what is left to do is to redirect streams and start it. #>
function New-ShellStartInfo {
    param([Parameter(Mandatory)] [string[]] $Argument)
    $shell = Get-Shell
    $start = [Diagnostics.ProcessStartInfo]::new($shell.Program)
    foreach ($word in @($shell.Argument) + $Argument) { $start.ArgumentList.Add($word) }
    $start.UseShellExecute = $false
    $start
}

Export-ModuleMember -Function Get-Shell, New-ShellStartInfo

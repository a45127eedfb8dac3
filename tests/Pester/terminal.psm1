# A shell in a pseudo terminal, as a person has it: what is sent are keys, what comes back is the screen. Linux and macOS only; python3's pty or util-linux' script
# makes the terminal.

Import-Module "$PSScriptRoot/shell.psm1" -Force

<# The command that runs another one in a pseudo terminal, as words; nothing where there is none. #>
function Get-TerminalHost {
    if ($IsWindows -or -not (Get-Command sh, stty -CommandType Application -ErrorAction Ignore)) { return }
    if (Get-Command python3 -CommandType Application -ErrorAction Ignore) {
        $null = & python3 -c 'import pty' 2>&1
        if ($LASTEXITCODE -eq 0) { return 'python3', '-c', 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)', 'sh', '-c' }
    }
    if ((Get-Command script -CommandType Application -ErrorAction Ignore) -and "$(& script --version 2>&1)" -match 'util-linux') {
        return 'script', '--quiet', '--return', '/dev/null', '--command'
    }
}

<# Starts a shell that runs the script in a terminal of 100 columns and 30 rows. Stop-Terminal ends it. #>
function Start-Terminal {
    param([Parameter(Mandatory)] [string] $Path, [hashtable] $Environment = @{})
    $words = @(Get-TerminalHost)
    $shell = Get-Shell
    $program = @($shell.Program) + $shell.Argument | ForEach-Object { "'$_'" }
    $command = "stty cols 100 rows 30; exec $program -NoProfile -NoLogo -File '$Path'"
    $start = [Diagnostics.ProcessStartInfo]::new($words[0], [string[]](@($words | Select-Object -Skip 1) + $command))
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.UseShellExecute = $false
    $start.Environment['TERM'] = 'xterm-256color'
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $process = [Diagnostics.Process]::Start($start)
    [pscustomobject]@{
        Process = $process
        Buffer = [byte[]]::new(65536)
        Decoder = [Text.UTF8Encoding]::new($false).GetDecoder()
        Pending = $null
        Raw = [Text.StringBuilder]::new()
        Seen = 0
        Closed = $false
    }
}

<# Presses keys: text, with its control signs. #>
function Send-Key {
    param([Parameter(Mandatory)] $Terminal, [Parameter(Mandatory)] [string] $Text)
    $bytes = [Text.UTF8Encoding]::new($false).GetBytes($Text)
    $Terminal.Process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)
    $Terminal.Process.StandardInput.BaseStream.Flush()
}

<# What the screen was told so far, without the signs that move its cursor. #>
function Get-Screen {
    param([Parameter(Mandatory)] $Terminal)
    $Terminal.Raw.ToString() -replace '\e\[[0-9;?]*[ -/]*[@-~]|\e\][^\a]*\a|\e[=>]|\r', ''
}

<#
Waits until the screen shows text that matches, behind the last one that was waited for, and returns it. Fails with the end of the screen.
#>
function Wait-Screen {
    param([Parameter(Mandatory)] $Terminal, [Parameter(Mandatory)] [string] $Pattern, [int] $Seconds = 60)
    $deadline = [DateTime]::UtcNow.AddSeconds($Seconds)
    while ($true) {
        $screen = Get-Screen $Terminal
        $match = [regex]::new($Pattern).Match($screen, [Math]::Min($Terminal.Seen, $screen.Length))
        if ($match.Success) {
            $Terminal.Seen = $match.Index + $match.Length
            return $match.Value
        }
        if ($Terminal.Closed -or [DateTime]::UtcNow -gt $deadline) {
            $shown = $screen.Substring([Math]::Max(0, $screen.Length - 1500))
            throw "The screen never showed '$Pattern'$(if ($Terminal.Closed) { ', and the shell has ended' }). Its end: $shown"
        }
        Receive-Screen $Terminal
    }
}

<# Takes what has come within a moment. #>
function Receive-Screen {
    param([Parameter(Mandatory)] $Terminal)
    if (-not $Terminal.Pending) { $Terminal.Pending = $Terminal.Process.StandardOutput.BaseStream.ReadAsync($Terminal.Buffer, 0, $Terminal.Buffer.Length) }
    try { $came = $Terminal.Pending.Wait(50) } catch { $Terminal.Closed = $true; return }
    if (-not $came) { return }
    $count = $Terminal.Pending.Result
    $Terminal.Pending = $null
    if ($count -eq 0) {
        $Terminal.Closed = $true
        return
    }
    $chars = [char[]]::new($count + 1)
    $text = [string]::new($chars, 0, $Terminal.Decoder.GetChars($Terminal.Buffer, 0, $count, $chars, 0))
    $null = $Terminal.Raw.Append($text)
    # A terminal answers when it is asked where its cursor is; without an answer the shell would wait.
    foreach ($question in [regex]::Matches($text, '\e\[6n')) { Send-Key $Terminal "`e[1;1R" }
}

<# Waits until the shell has ended and returns its exit code. #>
function Wait-TerminalEnd {
    param([Parameter(Mandatory)] $Terminal, [int] $Seconds = 60)
    $deadline = [DateTime]::UtcNow.AddSeconds($Seconds)
    while (-not $Terminal.Closed -and [DateTime]::UtcNow -lt $deadline) { Receive-Screen $Terminal }
    if (-not $Terminal.Process.WaitForExit(10000)) { throw "The shell did not end. Its screen: $(Get-Screen $Terminal)" }
    $Terminal.Process.ExitCode
}

function Stop-Terminal {
    param($Terminal)
    if (-not $Terminal) { return }
    if (-not $Terminal.Process.HasExited) { $Terminal.Process.Kill($true) }
    $Terminal.Process.Dispose()
}

Export-ModuleMember -Function *-Terminal*, *-Key, *-Screen

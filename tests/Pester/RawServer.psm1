# A service that misbehaves: a server on loopback whose every byte a test decides over.

<#
Starts a server on loopback whose every byte a test decides over. The script gets the stream and the head of each request, and writes the answer; the
connection is closed after it. Stop-RawServer ends it.
#>
function Start-RawServer {
    param([Parameter(Mandatory)] [string] $Script)
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $heads = [Collections.Concurrent.ConcurrentQueue[string]]::new()
    $shell = [PowerShell]::Create().AddScript({
        param($Listener, $Heads, $Script)
        $answer = [scriptblock]::Create("param(`$stream, `$head) $Script")
        while ($true) {
            try { $client = $Listener.AcceptTcpClient() } catch { return }
            try {
                $stream = $client.GetStream()
                $head = [Text.StringBuilder]::new()
                while (-not $head.ToString().EndsWith("`r`n`r`n")) {
                    $byte = $stream.ReadByte()
                    if ($byte -lt 0) { break }
                    $null = $head.Append([char]$byte)
                }
                $Heads.Enqueue($head.ToString())
                & $answer $stream $head.ToString()
            }
            catch { }
            finally { $client.Dispose() }
        }
    }).AddArgument($listener).AddArgument($heads).AddArgument($Script)
    $null = $shell.BeginInvoke()
    [pscustomobject]@{ Uri = [Uri]"http://127.0.0.1:$($listener.LocalEndpoint.Port)/"; Heads = $heads; Listener = $listener; Shell = $shell }
}

function Stop-RawServer {
    param([Parameter(Mandatory)] $Server)
    $Server.Listener.Stop()
    $Server.Shell.Dispose()
}

Export-ModuleMember -Function *

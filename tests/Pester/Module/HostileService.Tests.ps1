BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module "$PSScriptRoot/../RawServer.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $key = 'c4n4ry/key+with=signs' + [guid]::NewGuid().ToString('N')

    # Runs a script block against a service that answers as the script says.
    function Use-Service([string] $Script, [scriptblock] $Test) {
        $server = Start-RawServer $Script
        try { & $Test $server } finally { Stop-RawServer $server }
    }

    $write = 'function Send($text) { $bytes = [Text.Encoding]::UTF8.GetBytes($text); $stream.Write($bytes, 0, $bytes.Length) } '
    $endless = $write + 'Send "HTTP/1.1 200 OK`r`nContent-Type: application/json`r`n`r`n{`"x`":`""; while ($true) { Send ("x" * 65536) }'
}

Describe 'A service whose answers do not end' {
    It 'is cut off at -MaxResponseBytes by <name>' -ForEach @(
        @{ name = 'chat'; call = { param($to) Invoke-AzOpenAIChat hi @to -ErrorAction Stop } }
        @{ name = 'a streamed chat'; call = { param($to) Invoke-AzOpenAIChat hi -Stream @to -ErrorAction Stop } }
        @{ name = 'a completion'; call = { param($to) Invoke-AzOpenAICompletion hi @to -ErrorAction Stop } }
        @{ name = 'an embedding'; call = { param($to) Get-AzOpenAIEmbedding hi @to -ErrorAction Stop } }
        @{ name = 'a request'; call = { param($to) $to.Remove('Deployment'); Invoke-AzOpenAIRequest models @to -ErrorAction Stop } }
    ) {
        Use-Service $endless {
            param($server)
            $failure = Get-Failure { & $call @{ Endpoint = $server.Uri; Key = $key; Deployment = 'd'; MaxResponseBytes = 1MB } }
            $failure.FullyQualifiedErrorId | Should -Match '^ResponseTooLarge,'
            $failure | Should -Match 'limit of 1 MB'
            Find-ErrorDefect $failure | Should -BeNullOrEmpty
            $server.Heads.Count | Should -Be 1
        }
    }

    It 'takes little more memory than the limit' {
        Use-Service $endless {
            param($server)
            $before = [Diagnostics.Process]::GetCurrentProcess().PrivateMemorySize64
            (Get-Failure { Invoke-AzOpenAIChat hi -Endpoint $server.Uri -Key $key -Deployment d -MaxResponseBytes 16MB -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^ResponseTooLarge,'
            ([Diagnostics.Process]::GetCurrentProcess().PrivateMemorySize64 - $before) | Should -BeLessThan 256MB
        }
    }

    It 'can fill a file, for that is asked for' {
        $file = Join-Path $TestDrive big.bin
        Use-Service ($write + 'Send "HTTP/1.1 200 OK`r`nContent-Type: audio/mpeg`r`nContent-Length: 3000000`r`n`r`n"; Send ("x" * 3000000)') {
            param($server)
            Invoke-AzOpenAIRequest files/f/content -Endpoint $server.Uri -Key $key -MaxResponseBytes 1MB -OutFile $file
            (Get-Item $file).Length | Should -Be 3000000
        }
    }
}

Describe 'A gateway that sends credentials back' {
    It 'gets none of them shown: <name>' -ForEach @(
        @{ name = 'in a body of JSON'; answer = '"HTTP/1.1 400 Bad`r`nContent-Type: application/json`r`n`r`n" + (ConvertTo-Json @{ error = @{ code = "odd"; message = "You sent $head" } }).Replace("/", "\/")' }
        @{ name = 'in a page'; answer = '"HTTP/1.1 400 Bad`r`nContent-Type: text/html`r`n`r`n<pre>" + [Net.WebUtility]::HtmlEncode($head)' }
        @{ name = 'in an error that calls itself a success'; answer = '"HTTP/1.1 200 OK`r`nContent-Type: application/json`r`n`r`n" + (ConvertTo-Json @{ error = @{ message = "You sent $head" } })' }
        @{ name = 'in an event'; answer = '"HTTP/1.1 200 OK`r`nContent-Type: text/event-stream`r`n`r`ndata: " + (ConvertTo-Json -Compress @{ error = @{ message = "You sent $head" } }) + "`n`n"' }
        @{ name = 'in the reason and the request id'; answer = '"HTTP/1.1 400 " + ($head -split "`r`n" -match "key")[0] + "`r`nx-request-id: " + ($head -split "`r`n" -match "key")[0] + "`r`nContent-Length: 0`r`n`r`n"' }
    ) {
        Use-Service ($write + "Send ($answer)") {
            param($server)
            $header = @{ 'x-team' = 'c4n4ry text of a header'; 'x-secret' = ConvertTo-SecureString 'c4n4ry-secret-of-a-header' -AsPlainText }
            $to = @{ Endpoint = $server.Uri; Key = $key; MaxWaitSeconds = 1 }
            $said = & {
                $ErrorActionPreference = 'Continue'
                Invoke-AzOpenAIChat hi @to -Deployment d -ExtraHeader $header -Verbose -Debug
                Invoke-AzOpenAIChat hi @to -Deployment d -ExtraHeader $header -Stream -Verbose -Debug
                Invoke-AzOpenAIRequest models @to -Header $header -Verbose -Debug
                Get-AzOpenAIEmbedding hi @to -Deployment d -Verbose -Debug
            } 2>&1 3>&1 4>&1 5>&1 6>&1
            $errors = @($said | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
            $errors.Count | Should -BeGreaterOrEqual 3
            $text = foreach ($item in $said) { "$item"; $item | Format-List * -Force | Out-String; if ($item -is [Management.Automation.ErrorRecord]) { "$($item.Exception)"; $item.Exception | Format-List * -Force | Out-String; "$($item.ErrorDetails)" } }
            # What a good answer says is the caller's, and stays.
            $good = @($said | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] -and $_ -isnot [Management.Automation.VerboseRecord] -and $_ -isnot [Management.Automation.DebugRecord] })
            if ($good.Count -eq 0) { "$text" | Should -Not -Match 'c4n4ry' }
            "$($errors | ForEach-Object { $_; $_.Exception; $_.Exception.ResponseBody; $_.Exception.RequestId; $_.Exception.ServiceMessage })" | Should -Not -Match 'c4n4ry'
        }
    }
}

Describe 'A service that asks for no pause' {
    It 'is not asked in a tight loop: <header>' -ForEach @(
        @{ header = 'Retry-After: 0' }
        @{ header = 'retry-after-ms: 0' }
        @{ header = 'Retry-After: Sun, 01 Mar 2020 12:00:00 GMT' }
    ) {
        Use-Service ($write + "Send `"HTTP/1.1 429 Busy``r``n$header``r``nContent-Length: 0``r``n``r``n`"") {
            param($server)
            $failure = Get-Failure { Invoke-AzOpenAIRequest models -Endpoint $server.Uri -Key $key -MaxWaitSeconds 3 -ErrorAction Stop }
            $failure.CategoryInfo.Category | Should -Be LimitsExceeded
            $server.Heads.Count | Should -BeGreaterThan 2
            $server.Heads.Count | Should -BeLessThan 30
        }
    }
}

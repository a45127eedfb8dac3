# Each format of Export-AzOpenAIConfiguration, proven by the program or the rules that read it.
BeforeDiscovery {
    # What breaks writers: quotes of every kind, expansions, line ends, escapes, marks of the formats themselves.
    $values = @(
        @{ Case = 'a plain name'; Value = 'gpt-5-mini_1.0' }
        @{ Case = 'quotes'; Value = "it's ""quoted"" ``and`` 'again'" }
        @{ Case = 'a single quote alone'; Value = "it's" }
        @{ Case = 'expansions'; Value = '$(id) `id` ${HOME} $HOME !! ~ %PATH% #no' }
        @{ Case = 'line ends'; Value = "one`ntwo`r`nthree`n`nfive" }
        @{ Case = 'percent signs'; Value = '100% %0A %25 %AZP25 %s' }
        @{ Case = 'a backslash at the end'; Value = 'C:\temp\\' }
        @{ Case = 'typographic quotes and other scripts'; Value = "$([char]0x2018)a$([char]0x2019) $([char]0x201A)b$([char]0x201B) ä 日本 $([char]::ConvertFromUtf32(0x1F600))" }
        @{ Case = 'marks of the formats'; Value = "EOF`nAZOPENAI_API=x<<EOF`n##vso[task.complete result=Failed;]x`n::stop-commands::x`n'@`n`"@" }
        @{ Case = 'a tag-like value'; Value = 'team=a;cost=<b&c>|"d"' }
    )
    $bash = [bool](Get-Command bash -CommandType Application -ErrorAction Ignore)
    $sh = [bool](Get-Command sh -CommandType Application -ErrorAction Ignore)
    $python = [bool](Get-Command python3 -CommandType Application -ErrorAction Ignore)
    $pythons = @(if ($python) { @{ Program = 'python3' } })
    $shells = @(if ($sh) { @{ Shell = 'sh' } }; if ($bash) { @{ Shell = 'bash' } })
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Deployment chat
    $folder = [IO.Path]::Combine($TestDrive, 'out')
    $null = [IO.Directory]::CreateDirectory($folder)

    function New-TestConnection([string] $Deployment = 'chat', [string] $Key = 'k3y', [string] $Endpoint = 'https://contoso.openai.azure.com/', [string] $Kind = 'AzureV1') {
        [AzOpenAI.Connection]@{
            Name = 'contoso'; Endpoint = [uri]$Endpoint; Kind = $Kind; Authentication = 'ApiKey'; Deployment = $Deployment
            Key = [Net.NetworkCredential]::new('', $Key).SecurePassword
        }
    }

    # Runs a consumer and returns what it read, value by value.
    function Invoke-Consumer([string] $Program, [string[]] $Argument) {
        $start = [Diagnostics.ProcessStartInfo]::new($Program)
        foreach ($item in $Argument) { $start.ArgumentList.Add($item) }
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.StandardOutputEncoding = [Text.UTF8Encoding]::new($false)
        foreach ($name in @($start.Environment.Keys) -match '^(AZURE_|OPENAI_)') { $null = $start.Environment.Remove($name) }
        $start.Environment['PYTHONDONTWRITEBYTECODE'] = '1'
        $process = [Diagnostics.Process]::Start($start)
        $errors = $process.StandardError.ReadToEndAsync()
        $text = $process.StandardOutput.ReadToEnd()
        if (-not $process.WaitForExit(60000)) { $process.Kill($true); throw 'The consumer did not end.' }
        if ($process.ExitCode -ne 0 -or $errors.Result) { throw "Exit code $($process.ExitCode): $($errors.Result)" }
        $text -split "`0"
    }

    # A reader of the file of GITHUB_ENV and GITHUB_OUTPUT by its documented rules: NAME=VALUE, or NAME<<DELIMITER up to the line that is DELIMITER.
    function Read-GitHubFile([string] $Text) {
        $result = [ordered]@{}
        $lines = [System.Collections.Generic.Queue[string]]::new([string[]]$Text.Split("`n"))
        while ($lines.Count) {
            $line = $lines.Dequeue()
            if ($line -eq '') { continue }
            $equals = $line.IndexOf('=', [StringComparison]::Ordinal)
            $heredoc = $line.IndexOf('<<', [StringComparison]::Ordinal)
            if ($equals -ge 0 -and ($heredoc -lt 0 -or $equals -lt $heredoc)) { $result[$line.Substring(0, $equals)] = $line.Substring($equals + 1); continue }
            if ($heredoc -le 0) { throw "Invalid line '$line'" }
            $delimiter = $line.Substring($heredoc + 2)
            $value = [System.Collections.Generic.List[string]]::new()
            while ($true) {
                if (-not $lines.Count) { throw "No line '$delimiter'" }
                $next = $lines.Dequeue()
                if ($next -ceq $delimiter) { break }
                $value.Add($next)
            }
            $result[$line.Substring(0, $heredoc)] = $value -join "`n"
        }
        $result
    }

    # A reader of logging commands by their documented rules.
    function Read-PipelineCommand([string] $Text) {
        $decode = { param($s) $s.Replace('%0D', "`r").Replace('%0A', "`n").Replace('%AZP25', '%') }
        foreach ($line in $Text.Split("`n")) {
            if ($line -notmatch '^##vso\[(?<command>[\w.]+)(?: (?<properties>[^\]]*))?\](?<data>.*)$') { throw "No command: '$line'" }
            $found = $Matches
            $properties = @{}
            foreach ($pair in "$($found['properties'])".Split(';') -ne '') { $properties[$pair.Split('=')[0]] = $pair.Split('=', 2)[1] }
            [pscustomobject]@{ Command = $found.command; Properties = $properties; Data = & $decode $found.data }
        }
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Env and Dotenv, read by <Shell>' -ForEach $shells {
    It '<Format> carries <Case>' -ForEach @(foreach ($format in 'Env', 'Dotenv') { foreach ($value in $values) { @{ Format = $format } + $value } }) {
        $file = [IO.Path]::Combine($folder, "$Format-$(New-Guid)")
        New-TestConnection -Deployment $Value -Key $Value | Export-AzOpenAIConfiguration -Format $Format -IncludeKey -Path $file
        $script = 'set -a; . "$1"; printf "%s\0%s\0%s\0%s" "$AZURE_OPENAI_DEPLOYMENT" "$AZURE_OPENAI_API_KEY" "$AZURE_OPENAI_ENDPOINT" "$OPENAI_API_VERSION"'
        $read = Invoke-Consumer $Shell '-c', $script, $Shell, $file
        $read[0] | Should -BeExactly $Value
        $read[1] | Should -BeExactly $Value
        $read[2..3] | Should -BeExactly 'https://contoso.openai.azure.com', '2024-10-21'
    }

    It '<_> without a key leaves the one that is set' -ForEach 'Env', 'Dotenv' {
        $file = [IO.Path]::Combine($folder, "$_-$(New-Guid)")
        New-TestConnection | Export-AzOpenAIConfiguration -Format $_ -Path $file
        (Invoke-Consumer $Shell '-c', 'AZURE_OPENAI_API_KEY=set; . "$1"; printf %s "$AZURE_OPENAI_API_KEY"', $Shell, $file) | Should -BeExactly 'set'
    }

    It 'Env reaches programs' {
        $file = [IO.Path]::Combine($folder, "exported-$(New-Guid)")
        New-TestConnection | Export-AzOpenAIConfiguration -Format Env -Path $file
        (Invoke-Consumer $Shell '-c', '. "$1"; env | grep ^AZURE_OPENAI_DEPLOYMENT= | tr "\n" " "', $Shell, $file) | Should -BeExactly 'AZURE_OPENAI_DEPLOYMENT=chat '
    }
}

if (-not $sh) {
    Describe 'Env and Dotenv, read by a shell' {
        It 'is not proven here' { Set-ItResult -Skipped -Because 'there is no sh on this machine' }
    }
}

Describe 'Dotenv' {
    It 'has no quotes around plain values, for readers that would keep them' {
        $lines = (New-TestConnection -Key ('aB3' * 28) | Export-AzOpenAIConfiguration -Format Dotenv -IncludeKey) -split "`n"
        $lines | Where-Object { $_ -notmatch '^#' } | Should -Match '^\w+=[^''"\s]+$'
    }
}

Describe 'Python, read by <Program>' -ForEach $pythons {
    It 'config.py carries <Case>' -ForEach $values {
        $module = [IO.Path]::Combine($folder, "py-$(New-Guid)")
        $null = [IO.Directory]::CreateDirectory($module)
        New-TestConnection -Deployment $Value -Key $Value | Export-AzOpenAIConfiguration -Format Python -IncludeKey -Path ([IO.Path]::Combine($module, 'config.py'))
        $script = 'import sys; sys.path.insert(0, sys.argv[1]); from config import *; sys.stdout.buffer.write("\0".join([AZURE_ENGINE, AZURE_API_KEY, AZURE_ENDPOINT, AZURE_API_VERSION]).encode())'
        $read = Invoke-Consumer $Program '-c', $script, $module
        $read[0] | Should -BeExactly $Value
        $read[1] | Should -BeExactly $Value
        $read[2..3] | Should -BeExactly 'https://contoso.openai.azure.com', '2024-10-21'
    }

    It 'config.py without a key takes it from the environment, and can be imported without one' {
        $module = [IO.Path]::Combine($folder, "py-$(New-Guid)")
        $null = [IO.Directory]::CreateDirectory($module)
        New-TestConnection | Export-AzOpenAIConfiguration -Format Python -Path ([IO.Path]::Combine($module, 'config.py'))
        $script = 'import os, sys; sys.path.insert(0, sys.argv[1]); os.environ.update(dict(a.split("=") for a in sys.argv[2:])); import config; print(config.AZURE_API_KEY, end="")'
        Invoke-Consumer $Program '-c', $script, $module, 'AZURE_OPENAI_API_KEY=set' | Should -BeExactly 'set'
        Invoke-Consumer $Program '-c', $script, $module | Should -BeExactly 'None'
    }
}

if (-not $python) {
    Describe 'Python, read by python3' {
        It 'is not proven here' { Set-ItResult -Skipped -Because 'there is no python3 on this machine' }
    }
}

Describe 'PowerShell, read by a fresh shell' {
    It 'carries all values' {
        $cases = @(
            "it's ""quoted"" ``and``", '$(id) $env:HOME `id`', "one`ntwo`r`nthree", '100% %0A', 'C:\temp\\', "'@`n`"@",
            "$([char]0x2018)a$([char]0x2019) $([char]0x201A)b$([char]0x201B) ä 日本"
        )
        $number = 0
        $files = foreach ($value in $cases) {
            $file = [IO.Path]::Combine($folder, "set-$((++$number)).ps1")
            New-TestConnection -Deployment $value -Key $value | Export-AzOpenAIConfiguration -Format PowerShell -IncludeKey -Path $file
            $file
        }
        $script = [IO.Path]::Combine($folder, 'read.ps1')
        [IO.File]::WriteAllText($script, '$out = [Console]::OpenStandardOutput(); foreach ($f in $args) { . $f; $b = [Text.Encoding]::UTF8.GetBytes("$env:AZURE_OPENAI_DEPLOYMENT`0$env:AZURE_OPENAI_API_KEY`0"); $out.Write($b, 0, $b.Length) }')
        $shell = Get-Shell
        $read = Invoke-Consumer $shell.Program (@($shell.Argument) + '-NoProfile' + '-NonInteractive' + '-File' + $script + $files)
        for ($i = 0; $i -lt $cases.Count; $i++) {
            $read[2 * $i] | Should -BeExactly $cases[$i]
            $read[2 * $i + 1] | Should -BeExactly $cases[$i]
        }
    }

    It 'sets what this module looks for, so that a call needs nothing else' {
        $text = Get-AzOpenAIDeployment contoso chat | Export-AzOpenAIConfiguration -Format PowerShell -IncludeKey
        $output = Invoke-FreshShell "Import-Module '$(Get-ModulePath)'`n$text`nInvoke-AzOpenAIChat 'Hello' | Select-Object -ExpandProperty Content"
        $output | Should -Contain 'You said: Hello'
    }

    It 'sets what this module looks for with -ApiVersion v1, too' {
        $text = Export-AzOpenAIConfiguration contoso PowerShell -IncludeKey -ApiVersion v1
        $text | Should -Match 'OPENAI_BASE_URL'
        $text | Should -Not -Match 'AZURE_OPENAI_(ENDPOINT|API_KEY)|OPENAI_API_VERSION'
        $output = Invoke-FreshShell "Import-Module '$(Get-ModulePath)'`n$text`nInvoke-AzOpenAIChat 'Hello' -Deployment chat | Select-Object -ExpandProperty Content"
        $output | Should -Contain 'You said: Hello'
    }
}

Describe 'Json, read by ConvertFrom-Json' {
    It 'carries <Case>' -ForEach $values {
        $read = New-TestConnection -Deployment $Value -Key $Value | Export-AzOpenAIConfiguration -Format Json -IncludeKey | ConvertFrom-Json -AsHashtable
        $read.AZURE_OPENAI_DEPLOYMENT | Should -BeExactly $Value
        $read.AZURE_OPENAI_API_KEY | Should -BeExactly $Value
        $read.AZURE_OPENAI_ENDPOINT | Should -BeExactly 'https://contoso.openai.azure.com'
    }
}

Describe 'GitHubActions, read by the rules of the runner' {
    It 'carries <Case>' -ForEach $values {
        $file = [IO.Path]::Combine($folder, "github-$(New-Guid)")
        [IO.File]::WriteAllText($file, "BEFORE=1`n")
        New-TestConnection -Deployment $Value -Key $Value | Export-AzOpenAIConfiguration -Format GitHubActions -IncludeKey -Path $file 6>$null
        $read = Read-GitHubFile ([IO.File]::ReadAllText($file))
        @($read.Keys) | Should -Be 'BEFORE', 'AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY', 'OPENAI_API_VERSION', 'AZURE_OPENAI_DEPLOYMENT'
        $read.AZURE_OPENAI_DEPLOYMENT | Should -BeExactly $Value
        $read.AZURE_OPENAI_API_KEY | Should -BeExactly $Value
    }

    It 'puts the mask on the host before any value' {
        $all = @(New-TestConnection -Key "50%`nk" | Export-AzOpenAIConfiguration -Format GitHubActions -IncludeKey 6>&1)
        $all[0] | Should -BeOfType ([System.Management.Automation.InformationRecord])
        "$($all[0])" | Should -BeExactly '::add-mask::50%25%0Ak'
        $all[1] | Should -BeOfType ([string])
        $all[1] | Should -Not -Match 'add-mask'
        $all.Count | Should -Be 2
    }

    It 'puts the mask on the host before the file is touched' {
        $nowhere = [IO.Path]::Combine($folder, 'missing', 'env')
        $all = @(New-TestConnection | Export-AzOpenAIConfiguration -Format GitHubActions -IncludeKey -Path $nowhere -ErrorAction SilentlyContinue 6>&1)
        "$all" | Should -BeExactly '::add-mask::k3y'
    }

    It 'has another delimiter every time' {
        $texts = 1..5 | ForEach-Object { New-TestConnection | Export-AzOpenAIConfiguration -Format GitHubActions }
        @([regex]::Matches($texts -join "`n", '<<(\S+)') | ForEach-Object { $_.Groups[1].Value } | Select-Object -Unique).Count | Should -Be 15
    }

    It 'shows no mask where there is no key' {
        @(New-TestConnection | Export-AzOpenAIConfiguration -Format GitHubActions 6>&1).Count | Should -Be 1
    }
}

Describe 'AzurePipelines, read by the rules of the agent' {
    It 'carries <Case>' -ForEach $values {
        $read = Read-PipelineCommand (New-TestConnection -Deployment $Value -Key $Value | Export-AzOpenAIConfiguration -Format AzurePipelines -IncludeKey)
        $read.Command | Should -Be 'task.setsecret', 'task.setvariable', 'task.setvariable', 'task.setvariable', 'task.setvariable'
        $read[0].Data | Should -BeExactly $Value
        ($read | Where-Object { $_.Properties['variable'] -eq 'AZURE_OPENAI_DEPLOYMENT' }).Data | Should -BeExactly $Value
        $key = $read | Where-Object { $_.Properties['variable'] -eq 'AZURE_OPENAI_API_KEY' }
        $key.Data | Should -BeExactly $Value
        $key.Properties['issecret'] | Should -Be 'true'
    }
}

# A chat in a pseudo terminal, by the keys that a person presses.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/../terminal.psm1" -Force
    $noTerminal = if (-not (Get-TerminalHost)) { 'neither python3 with its pty module nor the script of util-linux is here' }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module "$PSScriptRoot/../terminal.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Deployment chat, other
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $ctrlC = "$([char]3)"
    $ctrlD = "$([char]4)"
    $terminals = [Collections.Generic.List[object]]::new()

    function Set-ChunkDelay([int] $Milliseconds) { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ chunkDelayMs = $Milliseconds } }

    function Get-ChatRequest { @(Get-EmulatorRequest $emulator | Where-Object path -Match 'chat/completions') }

    <# Starts a shell that runs the script with the module, the emulator and the variable $key. #>
    function Start-Chat {
        param([string] $Script = 'Enter-AzOpenAIChat -Connection $key', [hashtable] $Environment = @{})
        $path = Join-Path $TestDrive "chat$($terminals.Count).ps1"
        Set-Content $path @"
`$ProgressPreference = 'SilentlyContinue'
Set-Location '$TestDrive'
Import-Module '$(Get-ModulePath)'
`$null = Connect-AzOpenAI -Emulator -EmulatorUri '$($emulator.Uri)'
`$key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
$Script
"@
        $terminal = Start-Terminal $path $Environment
        $terminals.Add($terminal)
        $terminal
    }

    <# Types a line and Enter, and waits for what the screen shows then. #>
    function Send-Line {
        param($Terminal, [string] $Line, [string] $Expect)
        Send-Key $Terminal "$Line`r"
        if ($Expect) { Wait-Screen $Terminal $Expect }
    }
}

AfterAll { Stop-AzOpenAIEmulator }

# A skipped block has no other place for its reason than its name.
Describe "Enter-AzOpenAIChat in a terminal$(if ($noTerminal) { " ($noTerminal)" })" -Skip:([bool]$noTerminal) {
    AfterEach {
        foreach ($terminal in $terminals) { Stop-Terminal $terminal }
        $terminals.Clear()
        Clear-EmulatorFault $emulator
        Set-ChunkDelay 0
        $null = Invoke-EmulatorControl $emulator answers -Method DELETE
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
    }

    It 'answers, goes on with the history, and returns the conversation with -PassThru' {
        $chat = Start-Chat '$c = $key | Enter-AzOpenAIChat -System "Be brief." -PassThru; "LEFT with $($c.Turns) turns, $($c.Messages.Count) messages, system $($c.System)"'
        $null = Wait-Screen $chat '/exit to quit\.'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat 'Hello there' 'You said: Hello there'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat 'And again' 'You said: And again'
        $null = Wait-Screen $chat 'chat> '
        Send-Line $chat '/exit'
        Wait-Screen $chat 'LEFT with .*' | Should -Be 'LEFT with 2 turns, 5 messages, system Be brief.'
        Wait-TerminalEnd $chat | Should -Be 0
        (Get-ChatRequest).status | Should -Be 200, 200
    }

    It 'Ctrl+C stops the answer only, at the socket, and the turn is not kept' {
        $chat = Start-Chat '$c = Enter-AzOpenAIChat -Connection $key -PassThru; "LEFT $($c.Turns): $($c.Messages[0])"'
        $null = Wait-Screen $chat 'chat> '
        Set-ChunkDelay 50
        $null = Send-Line $chat '[[tokens:4000]] long' 'word word'
        Send-Key $chat $ctrlC
        $null = Wait-Screen $chat '\[stopped: .*'
        Wait-Until { (Get-ChatRequest)[0].dropped } | Should -BeTrue -Because 'the request must be given up at the socket'
        Set-ChunkDelay 0
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat 'short' 'You said: short'
        $null = Wait-Screen $chat 'chat> '
        Send-Key $chat $ctrlD
        Wait-Screen $chat 'LEFT .*' | Should -Be 'LEFT 1: short'
    }

    It 'Ctrl+C stops an answer that never begins, and /retry asks again' {
        $chat = Start-Chat
        $null = Wait-Screen $chat 'chat> '
        Add-EmulatorStall $emulator @{ plane = 'data' }
        Send-Line $chat 'Anybody there?'
        Wait-Until { @(Get-StalledRequest $emulator).Count -gt 0 } | Should -BeTrue
        Send-Key $chat $ctrlC
        $null = Wait-Screen $chat '\[stopped: '
        Clear-EmulatorFault $emulator
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '/retry' 'You said: Anybody there\?'
    }

    It 'a call that fails shows its one error, and the chat goes on without it' {
        $chat = Start-Chat '$c = Enter-AzOpenAIChat -Connection $key -PassThru; "LEFT $($c.Turns): $($c.Messages[0]); errors $($Error.Count)"'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '[[error:context_length]] much' 'context'
        $null = Wait-Screen $chat 'chat> '
        Add-EmulatorFault $emulator @{ kind = 'stream-error'; afterChunks = 2; match = @{ plane = 'data' }; count = 1 }
        $null = Send-Line $chat 'half an answer' 'You said:'
        $null = Wait-Screen $chat 'error|ended'
        $null = Wait-Screen $chat 'chat> '
        Send-Line $chat '/deployment missing'
        $null = Wait-Screen $chat 'missing> '
        $null = Send-Line $chat 'Hello' "'missing'"
        $null = Wait-Screen $chat 'missing> '
        Send-Line $chat '/model chat'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat 'good' 'You said: good'
        $null = Wait-Screen $chat 'chat> '
        Send-Line $chat '/exit'
        Wait-Screen $chat 'LEFT .*' | Should -Be 'LEFT 1: good; errors 0'
    }

    It 'messages of many lines: a backslash, three quotes, Alt+Enter, and what is pasted' {
        $chat = Start-Chat '$c = Enter-AzOpenAIChat -Connection $key -PassThru; ($c.Messages | Where-Object Role -EQ user | ForEach-Object { "SAID <$($_.Content -replace "`n", "|")>" }); "END"'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat 'one\' '\.\.\. '
        $null = Send-Line $chat 'two' 'You said: one'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '"""' '\.\.\. '
        $null = Send-Line $chat 'three' '\.\.\. '
        $null = Send-Line $chat '' '\.\.\. '
        $null = Send-Line $chat 'four"""' 'You said: three'
        $null = Wait-Screen $chat 'chat> '
        Send-Key $chat "five`e`rsix"
        $null = Wait-Screen $chat 'six'
        $null = Send-Line $chat '' 'You said: five'
        $null = Wait-Screen $chat 'chat> '
        Send-Key $chat "seven`reight`rnine"
        $null = Wait-Screen $chat 'nine'
        $null = Send-Line $chat '' 'You said: seven'
        $null = Wait-Screen $chat 'chat> '
        Send-Line $chat '/exit'
        $null = Wait-Screen $chat 'END'
        [regex]::Matches((Get-Screen $chat), '(?m)^SAID <.*>').Value | Should -Be 'SAID <one|two>', 'SAID <three||four>', 'SAID <five|six>', 'SAID <seven|eight|nine>'
    }

    It 'edits a line by keys, brings back what was sent, and Ctrl+C empties a line that has text' {
        $chat = Start-Chat
        $null = Wait-Screen $chat 'chat> '
        Send-Key $chat "wrld$ctrlC"
        $null = Wait-Screen $chat 'wrld\^C'
        $null = Wait-Screen $chat 'chat> '
        # Left, a letter, Home, a word, End, Backspace.
        $null = Send-Line $chat "Hllo!`e[D`e[D`e[D`e[De`e[H>> `e[F`u{7f}." 'You said: >> Hello\.'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat 'second 漢字 🙂' 'You said: second 漢字 🙂'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat "`e[A`e[A" 'You said: >> Hello\.'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat "draft`e[A`e[B kept" 'You said: draft kept'
    }

    It 'what is typed during an answer is the next line' {
        $chat = Start-Chat
        $null = Wait-Screen $chat 'chat> '
        Set-ChunkDelay 20
        $null = Send-Line $chat '[[tokens:40]] slow' 'word'
        Send-Key $chat "early`r"
        $null = Wait-Screen $chat 'You said: early'
    }

    It 'commands: system, tokens, undo, retry, clear' {
        $chat = Start-Chat
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '/help' '/exit +quits'
        $null = Send-Line $chat '/system' '\[no system message\]'
        $null = Send-Line $chat '/system Be kind.' 'system message set\]'
        $null = Send-Line $chat '/system' '\nBe kind\.'
        $null = Send-Line $chat 'Hello' 'You said: Hello'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '/retry' 'You said: Hello'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '/tokens' '\[conversation: 1 of 10 turns, \d+ tokens'
        $null = Wait-Screen $chat '\[billed: \d+ tokens in 2 calls'
        $null = Send-Line $chat '/undo' 'undone; the conversation has 1 turn, '
        $null = Send-Line $chat '/undo' 'undone; the conversation has 0 turns, '
        $null = Send-Line $chat '/undo' 'undone; '
        $null = Send-Line $chat '/undo' 'nothing to undo'
        $null = Send-Line $chat '/system' 'no system message'
        $null = Send-Line $chat '/retry' 'nothing to retry'
        $null = Send-Line $chat 'World' 'You said: World'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '/clear' '\[cleared'
        $null = Send-Line $chat '/tokens' '\[conversation: 0 of 10'
        $null = Send-Line $chat '/undo' 'undone; the conversation has 1 turn, '
        $null = Send-Line $chat '/nonsense' 'Unknown command /nonsense'
        $null = Send-Line $chat '//etc/hosts' 'You said: /etc/hosts'
    }

    It 'saves and loads a file' {
        $chat = Start-Chat
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '/save' 'requires a path'
        $null = Send-Line $chat '/load nothing.json' "the file doesn't exist"
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat 'keep this' 'You said: keep this'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '/save talk.json' '\[saved to .*talk\.json\]'
        $saved = Get-Content (Join-Path $TestDrive talk.json) -Raw | ConvertFrom-Json
        $saved.messages.content | Should -Be 'keep this', 'You said: keep this'
        if (-not $IsWindows) { [IO.File]::GetUnixFileMode((Join-Path $TestDrive talk.json)) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite') }
        Set-Content (Join-Path $TestDrive other.json) '[{"role":"user","content":"before"},{"role":"assistant","content":"then"}]'
        $null = Send-Line $chat '/save other.json' 'Overwrite it\? \[y/N\] '
        $null = Send-Line $chat 'n' '\[not saved\]'
        $null = Send-Line $chat '/load other.json' '\[loaded: 1 turn'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '/retry' 'You said: before'
    }

    It 'says what the model did beside talking: <Prompt>' -ForEach @(
        @{ Prompt = '[[refusal:Never.]]'; Shown = '\[refused: Never\.\]' }
        @{ Prompt = '[[filter-completion:hate]]'; Shown = '\[the content filter blocked' }
    ) {
        $chat = Start-Chat
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat $Prompt $Shown
        $null = Wait-Screen $chat 'chat> '
    }

    It 'an answer cannot steer the terminal' {
        $null = Invoke-EmulatorControl $emulator answers -Method POST -Body @{ text = "red `e[31malert`e]0;title`a`b end" }
        $chat = Start-Chat
        $null = Wait-Screen $chat 'chat> '
        Send-Line $chat 'Hello'
        $null = Wait-Screen $chat 'red .*alert.* end'
        $chat.Raw.ToString() | Should -Not -Match '\e\[31malert|\e\]0;title'
    }

    It 'goes on with a conversation of the session by name, and says what leaves it' {
        $chat = Start-Chat '$null = New-AzOpenAIConversation talk -MaxTurns 1; $null = Invoke-AzOpenAIChat First -Conversation talk -Connection $key; Enter-AzOpenAIChat -Conversation talk -Connection $key; "LEFT $((Get-AzOpenAIConversation talk).Messages[0])"'
        $null = Wait-Screen $chat 'Continuing conversation'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat 'Second' 'turns omitted: 1'
        $null = Wait-Screen $chat 'You said: Second'
        $null = Wait-Screen $chat 'chat> '
        Send-Line $chat '/exit'
        Wait-Screen $chat 'LEFT .*' | Should -Be 'LEFT Second'
    }

    It 'leaves by <Name> at an empty prompt, and Ctrl+C is the shell''s again' -ForEach @{ Name = 'Ctrl+C'; Key = 3 }, @{ Name = 'Ctrl+D'; Key = 4 } {
        $chat = Start-Chat 'Enter-AzOpenAIChat -Connection $key; "AFTER"; try { Start-Sleep -Seconds 300 } finally { "INTERRUPTED" | Out-Host }'
        $null = Wait-Screen $chat 'chat> '
        Send-Key $chat "$([char]$Key)"
        $null = Wait-Screen $chat 'AFTER'
        Start-Sleep -Milliseconds 500
        Send-Key $chat $ctrlC
        $null = Wait-TerminalEnd $chat
    }

    It 'gives the terminal back when the chat is stopped from elsewhere, or cannot begin' {
        $chat = Start-Chat @'
try { Enter-AzOpenAIChat -Connection $key -Conversation nobody -ErrorAction Stop } catch { "FAILED $($_.FullyQualifiedErrorId)" }
"THEN $([Console]::TreatControlCAsInput)"
$runspace = [runspacefactory]::CreateRunspace($Host); $runspace.Open()
$shell = [PowerShell]::Create($runspace).AddScript("Import-Module '$((Get-Module AzOpenAI).ModuleBase)'; Enter-AzOpenAIChat -Connection `$args[0]").AddArgument($key)
$run = $shell.BeginInvoke()
while (-not [Console]::TreatControlCAsInput) { Start-Sleep -Milliseconds 50 }
Start-Sleep -Seconds 1
$shell.Stop()
"NOW $([Console]::TreatControlCAsInput)"
'@
        Wait-Screen $chat 'FAILED .*' | Should -BeLike 'FAILED ConversationNotFound,*'
        Wait-Screen $chat 'THEN .*' | Should -Be 'THEN False'
        Wait-Screen $chat 'NOW .*' | Should -Be 'NOW False'
    }

    It 'does without keys where the terminal has none' {
        $chat = Start-Chat 'Enter-AzOpenAIChat -Connection $key; "AFTER"' -Environment @{ TERM = 'dumb' }
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat 'Hello' 'You said: Hello'
        $null = Wait-Screen $chat 'chat> '
        $null = Send-Line $chat '/exit' 'AFTER'
    }
}

Describe 'Enter-AzOpenAIChat without a terminal' {
    It '-NonInteractive is refused, and nothing is sent' {
        $failure = (Invoke-FreshShell @"
Import-Module '$(Get-ModulePath)'
`$c = [AzOpenAI.Conversation]::new()
try { Enter-AzOpenAIChat -Endpoint http://127.0.0.1:9 -Key k -Deployment d -System changed -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; "`$_" }
"@) -join ' '
        $failure | Should -Match '^ChatNotInteractive,AzOpenAI\.Commands\.EnterAzOpenAIChatCommand'
        $failure | Should -Match '-NonInteractive'
        $failure | Should -Match 'Invoke-AzOpenAIChat -Conversation'
    }

    It 'so is input from a pipe' {
        $path = Join-Path $TestDrive piped.ps1
        Set-Content $path "Import-Module '$(Get-ModulePath)'; try { Enter-AzOpenAIChat -Endpoint http://127.0.0.1:9 -Key k -Deployment d -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $shell = Get-Shell
        $output = ('Hello' | & $shell.Program $shell.Argument -NoProfile -File $path) -join ' '
        $output | Should -Match '^ChatNotInteractive,'
        $output | Should -Match 'standard input is redirected'
    }

    It 'text from the pipeline is no connection' {
        $failure = Get-Failure { 'Hello' | Enter-AzOpenAIChat -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Match '^ConnectionSourceInvalid,'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'a pipeline that brings nothing begins nothing' {
        @() | Enter-AzOpenAIChat -PassThru | Should -BeNullOrEmpty
    }
}

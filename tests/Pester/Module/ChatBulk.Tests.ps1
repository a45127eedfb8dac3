# Many inputs of Invoke-AzOpenAIChat: side by side, in order, within limits, and from a journal.
BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $contosoId = New-TestResource $emulator contoso -Deployment chat, other
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $class = 'AzOpenAI.Commands.InvokeAzOpenAIChatCommand'

    function Get-ChatCall { @(Get-EmulatorRequest $emulator | Where-Object { $_.plane -eq 'data' -and $_.path -like '*chat/completions*' }) }
    function Set-Limit([hashtable] $Setting) { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body $Setting }
    function New-JournalPath { [IO.Path]::Combine([IO.Path]::GetTempPath(), "journal-$([guid]::NewGuid().ToString('N')).jsonl") }
    function Read-Journal([string] $Path) { @([IO.File]::ReadAllLines($Path) | ConvertFrom-Json) }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Invoke-AzOpenAIChat -ThrottleLimit' {
    It 'gives the answers in the order of the inputs, whichever is there first' {
        $inputs = 1..40 | ForEach-Object { "[[delay:$(($_ * 37) % 90)]] item $_." }
        $answers = @($inputs | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 16 -IncludeInput)
        $answers.Count | Should -Be 40
        $answers.Input | Should -Be $inputs
        for ($i = 0; $i -lt 40; $i++) { $answers[$i].Content | Should -Match "item $($i + 1)\." }
    }

    It 'has as many calls under way as it is told, and no more' {
        $before = (Get-ChatCall).Count
        $null = 1..24 | ForEach-Object { "[[delay:150]] $_" } | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 6
        $calls = (Get-ChatCall)[$before..($before + 23)]
        $edges = $calls | ForEach-Object { [pscustomobject]@{ At = [DateTimeOffset] $_.started; By = 1 }; [pscustomobject]@{ At = [DateTimeOffset] $_.finished; By = -1 } } | Sort-Object At, By
        $running = 0
        $most = 0
        foreach ($edge in $edges) { $running += $edge.By; $most = [Math]::Max($most, $running) }
        # The emulator notes the end of a request a moment after the client has its answer.
        $most | Should -BeGreaterThan 3
        $most | Should -BeLessOrEqual 8
    }

    It 'reads at most four times as many inputs ahead' {
        $job = Start-InRunspace $emulator '1..100 | ForEach-Object { $read.Value = $_; "$_" } | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 3' @{ key = $key; read = ($read = [ref] 0) }
        Add-EmulatorStall $emulator @{ path = 'chat/completions' }
        try {
            $job.Run = $job.Shell.BeginInvoke()
            Wait-Until { @(Get-StalledRequest $emulator).Count -ge 3 -and $read.Value -ge 12 } | Should -BeTrue
            Start-Sleep -Milliseconds 300
            $read.Value | Should -Be 12
        }
        finally {
            Clear-EmulatorFault $emulator
            $job.Shell.Stop()
            $job.Shell.Dispose()
            $job.Runspace.Dispose()
        }
    }

    It 'writes an error with the input for each that fails, and goes on' {
        $rows = [pscustomobject]@{ Id = 1; Text = 'one' }, [pscustomobject]@{ Id = 2; Text = '[[error:context_length]]' }, [pscustomobject]@{ Id = 3; Text = '[[filter:hate]]' },
            [pscustomobject]@{ Id = 4; Text = 'four' }
        $answers = @($rows | Invoke-AzOpenAIChat -Template { $_.Text } -Connection $key -ThrottleLimit 4 -IncludeInput -ErrorAction SilentlyContinue -ErrorVariable failed)
        $answers.Input.Id | Should -Be 1, 4
        $failed.FullyQualifiedErrorId | Should -Be "ContextLengthExceeded,$class", "ContentFiltered,$class"
        $failed.TargetObject.Id | Should -Be 2, 3
        $failed | ForEach-Object { Find-ErrorDefect $_ | Should -BeNullOrEmpty }
    }

    It 'gives the same errors as one call after the other' {
        $inputs = 'a', '', '[[error:server_error]]', '[[error:permission_denied]]', '[[error:unavailable]]', '[[filter:violence]]', 'b'
        $common = @{ Connection = $key; ErrorAction = 'SilentlyContinue'; MaxWaitSeconds = 1 }
        $one = @($inputs | Invoke-AzOpenAIChat @common -ErrorVariable oneByOne)
        $many = @($inputs | Invoke-AzOpenAIChat @common -ThrottleLimit 5 -ErrorVariable sideBySide)
        $many.Content | Should -Be $one.Content
        $sideBySide.FullyQualifiedErrorId | Should -Be $oneByOne.FullyQualifiedErrorId
        $sideBySide.TargetObject | Should -Be $oneByOne.TargetObject
    }

    It 'ends everything at the first error under -ErrorAction Stop' {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $seen = [Collections.Generic.List[string]]::new()
        { 'a', 'b', '[[error:context_length]]', '[[delay:20000]] x', '[[delay:20000]] y' |
                Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 5 -ErrorAction Stop | ForEach-Object { $seen.Add($_.Content) } } | Should -Throw -ErrorId "ContextLengthExceeded,$class"
        $seen.Count | Should -Be 2
        Wait-Until { @(Get-DroppedRequest $emulator).Count -eq 2 } | Should -BeTrue
    }

    It 'closes the calls under way when nobody takes more' {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $first = '[[delay:1500]] a', '[[delay:20000]] x', '[[delay:20000]] y', '[[delay:20000]] z' | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 4 | Select-Object -First 1
        $first.Content | Should -Match 'a$'
        Wait-Until { @(Get-DroppedRequest $emulator).Count -eq 3 } | Should -BeTrue
    }

    It 'stops at once with all its calls' {
        $stop = Measure-Stop $emulator '1..20 | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 8' @{ key = $key } @{ path = 'chat/completions' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Dropped | Should -BeTrue
        $stop.Errors | Should -BeNullOrEmpty
    }

    It 'ends its calls when a command before it throws' {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        { & { '[[delay:20000]] x'; Start-Sleep -Milliseconds 500; throw 'upstream' } | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 4 } | Should -Throw 'upstream'
        Wait-Until { @(Get-DroppedRequest $emulator).Count -eq 1 } | Should -BeTrue
    }

    It 'takes a connection out of the pipeline for the inputs behind it' {
        $other = Get-AzOpenAIDeployment contoso other | Get-AzOpenAIKey
        $answers = @($key, 'a', 'b', $other, 'c' | Invoke-AzOpenAIChat 'Hello' -ThrottleLimit 4)
        $answers.Deployment | Should -Be 'chat', 'chat', 'chat', 'other', 'other'
        $answers[1, 2, 4].Content | ForEach-Object { $_[-1] } | Should -Be 'a', 'b', 'c'
    }

    It 'makes one call with -Join' {
        @('one', 'two' | Invoke-AzOpenAIChat 'Sum up' -Join -ThrottleLimit 4 -Connection $key).Count | Should -Be 1
    }

    It 'runs a template on the inputs in their order' {
        $script:order = @()
        $null = 1..10 | Invoke-AzOpenAIChat -Template { $script:order += $_; "[[delay:20]] $_" } -Connection $key -ThrottleLimit 4
        $script:order | Should -Be (1..10)
    }

    It 'gives objects of a form in order' {
        $schema = @{ type = 'object'; properties = @{ city = @{ type = 'string' } } }
        $objects = @('a', '[[refusal:no]]', 'b' | Invoke-AzOpenAIChat -Schema $schema -Connection $key -ThrottleLimit 4 -ErrorAction SilentlyContinue -ErrorVariable failed)
        $objects.Count | Should -Be 2
        $objects[0].PSObject.Properties.Name | Should -Be 'city'
        $failed.FullyQualifiedErrorId | Should -Be "AnswerRefused,$class"
        $failed.TargetObject | Should -Be '[[refusal:no]]'
    }

    It 'runs tools for several inputs' {
        function Get-Weather([string] $City) { "It rains in $City." }
        $tool = New-AzOpenAITool Get-Weather -AllowUnattended
        $inputs = 'Lund', 'Oslo', 'Rome', 'Bern' | ForEach-Object { "[[tool:Get-Weather {`"City`":`"$_`"}]] $_" }
        $answers = @($inputs | Invoke-AzOpenAIChat -Tool $tool -Connection $key -ThrottleLimit 3)
        $answers.Count | Should -Be 4
        for ($i = 0; $i -lt 4; $i++) { $answers[$i].Content | Should -Match "rains in $($inputs[$i].Split(' ')[-1])" }
    }

    It 'refuses a stream' -ForEach 'Stream', 'StreamText' {
        $parameter = @{ $_ = $true }
        { 'a' | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 2 @parameter } | Should -Throw -ErrorId "ParameterConflict,$class"
        { 'a' | Invoke-AzOpenAIChat -Connection $key -Resume ./x.jsonl @parameter } | Should -Throw -ErrorId "ParameterConflict,$class"
    }

    It 'warns once of what many calls meet' {
        $null = 1..12 | Invoke-AzOpenAIChat -Endpoint $key.Endpoint -Key $key.Key1 -Deployment chat -Temperature 0.5 -ThrottleLimit 6 -WarningVariable warned -WarningAction SilentlyContinue
        @($warned).Count | Should -BeLessOrEqual 1
    }
}

Describe 'Invoke-AzOpenAIChat -ThrottleLimit at a limit' {
    AfterEach {
        Clear-EmulatorFault $emulator
        Set-Limit @{ rateLimits = $false; requestWindowSeconds = $null }
    }

    It 'loses no input to refusals' {
        Add-EmulatorFault $emulator @{ kind = 'throttle'; count = 20; seconds = 1; match = @{ plane = 'data' } }
        $answers = @(1..30 | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 10 -IncludeInput -ErrorVariable failed)
        $failed | Should -BeNullOrEmpty
        $answers.Input | Should -Be (1..30)
    }

    It 'keeps to the limit of the deployment once it was refused' {
        New-TestDeployment $emulator $contosoId limited -Capacity 60
        Set-Limit @{ rateLimits = $true; requestWindowSeconds = 1 }
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $perSecond = [Math]::Ceiling((Invoke-AzOpenAIChat 'Hello' -Connection $key -Deployment limited).RateLimit.LimitRequests / 60)
        $answers = @(1..($perSecond * 6) | Invoke-AzOpenAIChat -Connection $key -Deployment limited -ThrottleLimit 20 -ErrorVariable failed)
        $failed | Should -BeNullOrEmpty
        $answers.Count | Should -Be ($perSecond * 6)
        # The first burst is refused as far as it is under way; a storm of retries would make hundreds of it.
        @(Get-ChatCall | Where-Object status -EQ 429).Count | Should -BeLessThan 60
    }

    It 'fails at once, and without a call each, where the service asks for a pause that is too long' {
        New-TestDeployment $emulator $contosoId spent
        Add-EmulatorFault $emulator @{ kind = 'throttle'; count = 100; seconds = 86400; match = @{ plane = 'data' } }
        $before = (Get-ChatCall).Count
        $answers = @(1..50 | Invoke-AzOpenAIChat -Connection $key -Deployment spent -ThrottleLimit 4 -ErrorAction SilentlyContinue -ErrorVariable failed)
        $answers.Count | Should -Be 0
        $failed.Count | Should -Be 50
        $failed.FullyQualifiedErrorId | Select-Object -Unique | Should -Be "WaitTooLong,$class"
        (Get-ChatCall).Count - $before | Should -BeLessOrEqual 4
    }
}

Describe 'Invoke-AzOpenAIChat with a journal' {
    BeforeEach { $journal = New-JournalPath }
    AfterEach { if ([IO.File]::Exists($journal)) { [IO.File]::Delete($journal) } }

    It 'writes a line for each input and no key' {
        $null = 'a', '[[error:context_length]]', 'b' | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 3 -JournalPath $journal -ErrorAction SilentlyContinue
        if (-not $IsWindows) { [IO.File]::GetUnixFileMode($journal) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite') }
        $lines = Read-Journal $journal
        $lines[0].command | Should -Be 'Invoke-AzOpenAIChat'
        $lines[0].deployment | Should -Be 'chat'
        $items = $lines[1..3] | Sort-Object index
        $items.status | Should -Be 'done', 'failed', 'done'
        $items[0].answer.choices[0].message.content | Should -Match 'a$'
        $items[1].errorId | Should -Be 'ContextLengthExceeded'
        $plain = (Invoke-Arm $emulator "$contosoId/listKeys" -Method POST).Body
        [IO.File]::ReadAllText($journal) | Should -Not -Match "$($plain.key1)|$($plain.key2)"
    }

    It 'goes on with what is missing, in order, with <_> at a time' -ForEach 1, 4 {
        $null = 'a', '[[error:context_length]]', 'b' | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit $_ -JournalPath $journal -ErrorAction SilentlyContinue
        $before = (Get-ChatCall).Count
        $answers = @('a', '[[error:context_length]]', 'b', 'c' | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit $_ -Resume $journal -IncludeInput -ErrorAction SilentlyContinue -ErrorVariable failed)
        $answers.Content | Should -Be 'You said: a', 'You said: b', 'You said: c'
        $answers.Input | Should -Be 'a', 'b', 'c'
        $answers[0].Usage.TotalTokens | Should -BeGreaterThan 0
        $failed.TargetObject | Should -Be '[[error:context_length]]'
        (Get-ChatCall).Count - $before | Should -Be 2
        $null = 'a', 'b', 'c' | Invoke-AzOpenAIChat -Connection $key -Resume $journal
        (Get-ChatCall).Count - $before | Should -Be 2
    }

    It 'asks anew what has changed, and finds what has moved' {
        $null = 'one', 'two', 'two', 'three' | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 4 -JournalPath $journal
        $before = (Get-ChatCall).Count
        $answers = @('new', 'three', 'two', 'TWO', 'two', 'one' | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 4 -Resume $journal)
        $answers.Content | Should -Be ('new', 'three', 'two', 'TWO', 'two', 'one' | ForEach-Object { "You said: $_" })
        (Get-ChatCall).Count - $before | Should -Be 2
        $null = 'one' | Invoke-AzOpenAIChat -Connection $key -Resume $journal -System 'Be brief.'
        (Get-ChatCall).Count - $before | Should -Be 3
    }

    It 'keeps what was done when it is stopped' {
        $first = 'a', 'b', '[[delay:20000]] x' | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 3 -JournalPath $journal | Select-Object -First 2
        $first.Count | Should -Be 2
        @(Read-Journal $journal | Select-Object -Skip 1).status | Should -Be 'done', 'done'
        $before = (Get-ChatCall).Count
        @('a', 'b' | Invoke-AzOpenAIChat -Connection $key -Resume $journal).Count | Should -Be 2
        (Get-ChatCall).Count | Should -Be $before
    }

    It 'goes on after the shell was killed' {
        $plain = (Invoke-Arm $emulator "$contosoId/listKeys" -Method POST).Body.key1
        $script = "Import-Module '$(Get-ModulePath)'; 1..2000 | ForEach-Object { `"[[delay:20]] `$_`" } | Invoke-AzOpenAIChat -Endpoint '$($key.Endpoint)' -Key '$plain' -Deployment chat -ThrottleLimit 8 -JournalPath '$journal' | Out-Null"
        $shell = Start-FreshShell $script
        try { Wait-Until { [IO.File]::Exists($journal) -and (Get-Item $journal).Length -gt 40000 } -Seconds 60 | Should -BeTrue }
        finally { $shell.Kill(); $shell.WaitForExit() }
        # What the last write would leave behind if the machine had gone down in its middle.
        [IO.File]::AppendAllText($journal, '{"index":7,"request":"00')
        $done = @([IO.File]::ReadAllLines($journal) | Where-Object { $_ -match '"status":"done".*\}$' }).Count
        $done | Should -BeGreaterThan 10
        $before = (Get-ChatCall).Count
        $count = $done + 40
        $answers = @(1..$count | ForEach-Object { "[[delay:20]] $_" } | Invoke-AzOpenAIChat -Endpoint $key.Endpoint -Key $plain -Deployment chat -ThrottleLimit 8 -Resume $journal)
        $answers.Count | Should -Be $count
        for ($i = 0; $i -lt $count; $i++) { $answers[$i].Content | Should -Match " $($i + 1)$" }
        (Get-ChatCall).Count - $before | Should -BeLessOrEqual 48
        { Read-Journal $journal } | Should -Not -Throw
    }

    It 'asks again for an answer that was not of the form' {
        $schema = @{ type = 'object'; properties = @{ city = @{ type = 'string' } } }
        $null = '[[refusal:no]]' | Invoke-AzOpenAIChat -Schema $schema -Connection $key -JournalPath $journal -ErrorAction SilentlyContinue
        @(Read-Journal $journal)[-1].status | Should -Be 'failed'
        $before = (Get-ChatCall).Count
        $null = '[[refusal:no]]' | Invoke-AzOpenAIChat -Schema $schema -Connection $key -Resume $journal -ErrorAction SilentlyContinue
        (Get-ChatCall).Count - $before | Should -Be 1
    }

    It 'begins a journal that is not there yet, and says so' {
        $null = 'a' | Invoke-AzOpenAIChat -Connection $key -Resume $journal -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Match 'new journal was started'
        @(Read-Journal $journal).Count | Should -Be 2
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'a file that holds something'; ErrorId = 'JournalExists'; Text = 'mine'; Parameter = @{ JournalPath = 'FILE' } }
        @{ Case = 'a file that is no journal'; ErrorId = 'JournalInvalid'; Text = 'mine'; Parameter = @{ Resume = 'FILE' } }
        @{ Case = 'a journal of another deployment'; ErrorId = 'JournalMismatch'; Text = ''; Parameter = @{ Resume = 'FILE'; Deployment = 'other' } }
        @{ Case = 'a folder that is not there'; ErrorId = 'JournalFailed'; Text = ''; Parameter = @{ JournalPath = 'FILE/x' } }
        @{ Case = 'a path that is of no file'; ErrorId = 'JournalFailed'; Text = ''; Parameter = @{ JournalPath = 'Env:/JOURNAL' } }
        @{ Case = 'both parameters'; ErrorId = 'ParameterConflict'; Text = ''; Parameter = @{ JournalPath = 'FILE'; Resume = 'FILE' } }
    ) {
        if ($ErrorId -eq 'JournalMismatch') { $null = 'a' | Invoke-AzOpenAIChat -Connection $key -JournalPath $journal }
        else { [IO.File]::WriteAllText($journal, $Text) }
        $call = @{}
        foreach ($name in $Parameter.Keys) { $call[$name] = $Parameter[$name].Replace('FILE', $journal) }
        $before = (Get-ChatCall).Count
        $failure = Get-Failure { 'a', 'b' | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 2 @call }
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        (Get-ChatCall).Count | Should -Be $before
        if ($Text) { [IO.File]::ReadAllText($journal) | Should -Be $Text }
    }

    It 'keeps a second command out of a journal' {
        $job = Start-InRunspace $emulator '"a" | Invoke-AzOpenAIChat -Connection $key -JournalPath $journal' @{ key = $key; journal = $journal }
        Add-EmulatorStall $emulator @{ path = 'chat/completions' }
        try {
            $job.Run = $job.Shell.BeginInvoke()
            Wait-Until { @(Get-StalledRequest $emulator).Count -gt 0 } | Should -BeTrue
            { 'b' | Invoke-AzOpenAIChat -Connection $key -Resume $journal } | Should -Throw -ErrorId "JournalInUse,$class"
        }
        finally {
            Clear-EmulatorFault $emulator
            $null = $job.Run.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(30))
            $job.Shell.Dispose()
            $job.Runspace.Dispose()
        }
    }
}

Describe 'Progress of Invoke-AzOpenAIChat -ThrottleLimit' {
    It 'tells how far it is, a few times a second, and goes away' {
        $job = Start-InRunspace $emulator '1..30 | ForEach-Object { "[[delay:300]] $_" } | Invoke-AzOpenAIChat -Connection $key -ThrottleLimit 4 -ExpectedCount 30 | Out-Null' @{ key = $key }
        try {
            $null = $job.Shell.Invoke()
            $records = @($job.Shell.Streams.Progress | Where-Object Activity -Match "Calling 'chat'")
            $records.Count | Should -BeGreaterThan 1
            $records.Count | Should -BeLessThan 60
            $records[0].StatusDescription | Should -Match '\d+ done, 0 failed, [\d,.\s]+ tokens'
            ($records | Measure-Object PercentComplete -Maximum).Maximum | Should -BeGreaterThan 10
            @($records | Where-Object SecondsRemaining -GE 0).Count | Should -BeGreaterThan 0
            $records[-1].RecordType | Should -Be 'Completed'
        }
        finally { $job.Shell.Dispose(); $job.Runspace.Dispose() }
    }

    It 'is silent with <_>' -ForEach '-ProgressAction Ignore', '-ProgressAction SilentlyContinue' {
        $job = Start-InRunspace $emulator "1..8 | ForEach-Object { `"[[delay:600]] `$_`" } | Invoke-AzOpenAIChat -Connection `$key -ThrottleLimit 4 $_ | Out-Null" @{ key = $key }
        try {
            $null = $job.Shell.Invoke()
            $job.Shell.Streams.Progress.Count | Should -Be 0
        }
        finally { $job.Shell.Dispose(); $job.Runspace.Dispose() }
    }
}

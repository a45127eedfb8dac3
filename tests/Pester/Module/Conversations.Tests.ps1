# Invoke-AzOpenAIChat with a conversation, on the emulator: what is sent, what is kept, and that nothing is kept of a call that did not succeed.
BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Deployment chat
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $class = 'AzOpenAI.Commands.InvokeAzOpenAIChatCommand'
    $chat = @{ Connection = $key; ErrorAction = 'Stop' }

    # The answer tells how many tokens were sent; the emulator counts them by length.
    function Get-State($Talk) { "$($Talk.Turns)|$($Talk.Tokens)|$($Talk.Calls)|$($Talk.Usage.TotalTokens)|$($Talk.Dropped)|$($Talk.IsBusy)|$(($Talk.Messages | ForEach-Object { "$($_.Role)=$_" }) -join ';')" }

    function Assert-Unchanged($Talk, [scriptblock] $Call, [string] $Id) {
        $before = Get-State $Talk
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$class" -Because "$failure"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-State $Talk | Should -Be $before
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'A conversation' {
    BeforeEach { $talk = New-AzOpenAIConversation -System 'Be brief.' }

    AfterEach {
        Clear-EmulatorFault $emulator
        $null = Invoke-EmulatorControl $emulator answers -Method DELETE
    }

    It 'is sent along and grows, by <How>' -ForEach @(
        @{ How = 'parameter'; Line = { param($Text) Invoke-AzOpenAIChat $Text -Conversation $talk @chat } }
        @{ How = 'pipeline'; Line = { param($Text) $talk | Invoke-AzOpenAIChat $Text @chat } }
        @{ How = 'its last answer'; Line = { param($Text) if ($last) { Invoke-AzOpenAIChat $Text -Conversation $last @chat } else { Invoke-AzOpenAIChat $Text -Conversation $talk @chat } } }
        @{ How = 'pipeline of texts'; Line = { param($Text) $Text | Invoke-AzOpenAIChat -Conversation $talk @chat } }
        @{ How = 'stream'; Line = { param($Text) Invoke-AzOpenAIChat $Text -Conversation $talk -Stream @chat 6>$null } }
    ) {
        $last = $null
        $last = & $Line 'one'
        $first = $last.Usage.PromptTokens
        $last = & $Line 'two'
        $last.Content | Should -Be 'You said: two'
        $last.Usage.PromptTokens | Should -BeGreaterThan ($first + 3) -Because 'the history went along'
        $last.Conversation.Messages.Role | Should -Be 'system', 'user', 'assistant', 'user', 'assistant'
        $talk.Messages.Content | Should -Be 'Be brief.', 'one', 'You said: one', 'two', 'You said: two'
        $talk.Calls | Should -Be 2
        $talk.Usage.PromptTokens | Should -Be ($first + $last.Usage.PromptTokens)
    }

    It 'grows by its text with -StreamText, and by an object with -Schema' {
        (Invoke-AzOpenAIChat 'one two' -Conversation $talk -StreamText @chat) -join '' | Should -Be 'You said: one two'
        $talk.Messages[-1].Content | Should -Be 'You said: one two'
        $null = Invoke-AzOpenAIChat 'three' -Conversation $talk -Schema @{ type = 'object'; properties = @{ n = @{ type = 'integer' } } } @chat
        $talk.Turns | Should -Be 2
        $talk.Messages[-1].Content | Should -Match '^\{'
    }

    It 'goes through a pipeline of conversations, each with the same question' {
        $other = New-AzOpenAIConversation
        ($talk, $other | Invoke-AzOpenAIChat 'hi' @chat).Content | Should -Be 'You said: hi', 'You said: hi'
        $talk.Turns, $other.Turns | Should -Be 1, 1
    }

    It 'takes joined input as one turn' {
        $null = 'a', 'b' | Invoke-AzOpenAIChat 'Sum' -Join -Conversation $talk @chat
        $talk.Turns | Should -Be 1
        $talk.Messages[1].Content | Should -Match 'Sum[\s\S]*a\nb'
    }

    It 'answers a question that is there already' {
        $open = New-AzOpenAIConversation -Message 'Are you there?'
        ($open | Invoke-AzOpenAIChat @chat).Content | Should -Be 'You said: Are you there?'
        $open.Messages | Should -HaveCount 2
        Assert-Unchanged $open { $open | Invoke-AzOpenAIChat @chat } MessageMissing
    }

    It 'another -System takes the place of its own' {
        $null = Invoke-AzOpenAIChat 'hi' -Conversation $talk -System 'Be long.' @chat
        $talk.System | Should -Be 'Be long.'
        $talk.Messages.Role | Should -Be 'system', 'user', 'assistant'
    }

    It 'drops the oldest turn whole, warns once, and counts it' {
        $talk.MaxTurns = 2
        foreach ($text in 'one', 'two') { $null = Invoke-AzOpenAIChat $text -Conversation $talk @chat -WarningVariable warnings; $warnings | Should -BeNullOrEmpty }
        $null = Invoke-AzOpenAIChat three -Conversation $talk @chat -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'oldest turns.*1 turn, 2 messages'
        $talk.Messages.Content | Should -Be 'Be brief.', 'two', 'You said: two', 'three', 'You said: three'
        $null = Invoke-AzOpenAIChat four -Conversation $talk @chat -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        $talk.Dropped.Turns | Should -Be 2
        $talk.Dropped.Messages | Should -Be 4
    }

    It 'stays below MaxTokens by what the service counted' {
        $talk.MaxTokens = 60
        foreach ($i in 1..8) {
            $answer = Invoke-AzOpenAIChat "Question number $i of several" -Conversation $talk @chat -WarningAction SilentlyContinue
            $answer.Usage.PromptTokens | Should -BeLessOrEqual 60
        }
        $talk.Dropped.Turns | Should -BeGreaterThan 3
        $talk.System | Should -Be 'Be brief.'
    }

    It 'a turn that alone is larger than MaxTokens is refused before anything is sent' {
        $null = Invoke-AzOpenAIChat 'hi' -Conversation $talk @chat
        $talk.MaxTokens = 50
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        Assert-Unchanged $talk { Invoke-AzOpenAIChat ('word ' * 500) -Conversation $talk @chat } ConversationTokensExceeded
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'stays as it was when the call fails: <Kind>, stream <Stream>' -ForEach @(
        @{ Kind = 'error'; Stream = $false; Id = 'ContextLengthExceeded' }
        @{ Kind = 'error'; Stream = $true; Id = 'ContextLengthExceeded' }
        @{ Kind = 'truncate'; Stream = $true; Id = 'ChatStreamTruncated' }
        @{ Kind = 'stream-error'; Stream = $true; Id = 'ChatStreamFailed' }
    ) {
        $null = Invoke-AzOpenAIChat 'hi' -Conversation $talk @chat
        Add-EmulatorFault $emulator @{ kind = $Kind; error = 'context_length'; match = @{ plane = 'data' } }
        Assert-Unchanged $talk { Invoke-AzOpenAIChat 'a b c d' -Conversation $talk -Stream:$Stream @chat 6>$null } $Id
        Clear-EmulatorFault $emulator
        $null = Invoke-AzOpenAIChat 'again' -Conversation $talk @chat
        $talk.Turns | Should -Be 2
    }

    It 'stays as it was when the answer has not the form that was asked for' {
        $null = Invoke-EmulatorControl $emulator answers -Method POST -Body @{ text = 'no json' }
        Assert-Unchanged $talk { Invoke-AzOpenAIChat 'hi' -Conversation $talk -Schema @{ type = 'object'; properties = @{ n = @{ type = 'integer' } } } @chat } AnswerInvalid
    }

    It 'stays as it was when nobody takes the rest of a stream' {
        $before = Get-State $talk
        $null = Invoke-AzOpenAIChat 'one two three' -Conversation $talk -StreamText @chat | Select-Object -First 1
        Get-State $talk | Should -Be $before
    }

    It 'stays as it was when the call is stopped, and can be used at once' {
        $stop = Measure-Stop $emulator 'Invoke-AzOpenAIChat hi -Conversation $talk -Connection $key' -Variable @{ key = $key; talk = $talk } -Match @{ plane = 'data' }
        $stop.Stopped | Should -BeTrue
        Wait-Until { -not $talk.IsBusy } | Should -BeTrue
        $talk.Turns | Should -Be 0
        (Invoke-AzOpenAIChat 'hi' -Conversation $talk @chat).Conversation.Turns | Should -Be 1
    }

    It 'answers one call at a time' {
        Add-EmulatorStall $emulator @{ plane = 'data' }
        $job = Start-InRunspace $emulator 'Invoke-AzOpenAIChat first -Conversation $talk -Connection $key' -Variable @{ key = $key; talk = $talk }
        $job.Run = $job.Shell.BeginInvoke()
        try {
            Wait-Until { @(Get-StalledRequest $emulator | Where-Object { -not $_.finished }).Count -gt 0 } | Should -BeTrue
            $failure = Get-Failure { Invoke-AzOpenAIChat second -Conversation $talk @chat }
            $failure.FullyQualifiedErrorId | Should -Be "ConversationBusy,$class"
            Find-ErrorDefect $failure | Should -BeNullOrEmpty
            Clear-EmulatorFault $emulator
            $job.Run.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(60)) | Should -BeTrue
            $talk.Messages.Content | Should -Be 'Be brief.', 'first', 'You said: first'
        }
        finally {
            Clear-EmulatorFault $emulator
            $job.Shell.Dispose()
            $job.Runspace.Dispose()
        }
    }

    It 'refuses what cannot go together: <Case>' -ForEach @(
        @{ Case = 'two conversations'; Line = { $talk | Invoke-AzOpenAIChat hi -Conversation $talk @chat } }
        @{ Case = 'several choices'; Line = { Invoke-AzOpenAIChat hi -Conversation $talk -ChoiceCount 2 @chat } }
    ) {
        Assert-Unchanged $talk $Line ParameterConflict
    }

    It 'a name that the session does not have is one clear error' {
        $failure = Get-Failure { Invoke-AzOpenAIChat hi -Conversation nobody @chat }
        $failure.FullyQualifiedErrorId | Should -Be "ConversationNotFound,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'comes back from a file and goes on' {
        $null = Invoke-AzOpenAIChat 'hi' -Conversation $talk @chat
        $path = Join-Path $TestDrive talk.json
        $talk | Export-AzOpenAIConversation -Path $path
        $back = Import-AzOpenAIConversation $path
        Get-State $back | Should -Be (Get-State $talk)
        $one = Invoke-AzOpenAIChat 'more' -Conversation $talk @chat
        $two = Invoke-AzOpenAIChat 'more' -Conversation $back @chat
        $two.Usage.PromptTokens | Should -Be $one.Usage.PromptTokens
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $class = 'AzOpenAI.Commands.NewAzOpenAIConversationCommand'
}

Describe 'New-AzOpenAIConversation' {
    AfterEach { Disconnect-AzOpenAI }

    It 'begins an empty one with ten turns and no limit of tokens' {
        $talk = New-AzOpenAIConversation
        $talk | Should -BeOfType ([AzOpenAI.Conversation])
        $talk.Name | Should -BeNullOrEmpty
        $talk.Messages | Should -HaveCount 0
        $talk.MaxTurns | Should -Be 10
        $talk.MaxTokens | Should -Be 0
        $talk.IsBusy | Should -BeFalse
        Get-AzOpenAIConversation | Should -BeNullOrEmpty -Because 'the session keeps only those with a name'
    }

    It 'keeps one with a name in the session' {
        $talk = New-AzOpenAIConversation travel -System 'Be brief.' -MaxTurns 3 -MaxTokens 500
        $kept = Get-AzOpenAIConversation TRAVEL
        [object]::ReferenceEquals($talk.PSObject.BaseObject, $kept.PSObject.BaseObject) | Should -BeTrue
        $kept.System | Should -Be 'Be brief.'
        $kept.MaxTurns | Should -Be 3
        $kept.MaxTokens | Should -Be 500
    }

    It 'takes messages over: of roles, as text, and of another conversation' {
        $shots = New-AzOpenAIConversation -Message @{ role = 'system'; content = 'Translate.' }, @{ role = 'user'; content = 'dog' }, @{ role = 'assistant'; content = 'hund' }, 'cat'
        $shots.Messages.Role | Should -Be 'system', 'user', 'assistant', 'user'
        $shots.Messages[1].Content | Should -Be 'dog'
        $shots.Messages[-1].Content | Should -Be 'cat'
        $shots.Turns | Should -Be 2
        (New-AzOpenAIConversation -Message $shots -System 'First.').Messages.Content | Should -Be 'First.', 'Translate.', 'dog', 'hund', 'cat'
    }

    It 'cannot be changed behind its back' {
        $talk = New-AzOpenAIConversation -Message 'one'
        { $talk.Messages[0] = $null } | Should -Throw
        { $talk.Messages.Clear() } | Should -Throw
        $talk.Messages[0].Content | Should -Be 'one'
    }

    It 'refuses a name that is taken, and replaces it with -Force' {
        $first = New-AzOpenAIConversation travel -System old
        $failure = Get-Failure { New-AzOpenAIConversation Travel -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConversationExists,$class"
        $failure.TargetObject | Should -Be 'Travel'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        (New-AzOpenAIConversation travel -System new -Force).System | Should -Be new
        (Get-AzOpenAIConversation travel).System | Should -Be new
        $first.System | Should -Be old
    }

    It 'says what is wrong with a message' {
        $failure = Get-Failure { New-AzOpenAIConversation bad -Message @{ role = 'nobody'; content = 'x' } -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "MessageInvalid,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-AzOpenAIConversation | Should -BeNullOrEmpty
    }

    It 'keeps nothing under -WhatIf' {
        New-AzOpenAIConversation travel -WhatIf | Should -BeNullOrEmpty
        Get-AzOpenAIConversation | Should -BeNullOrEmpty
    }

    It 'refuses a limit below zero, also later' {
        { New-AzOpenAIConversation -MaxTurns -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        $talk = New-AzOpenAIConversation
        { $talk.MaxTurns = -1 } | Should -Throw
        $talk.MaxTurns | Should -Be 10
    }
}

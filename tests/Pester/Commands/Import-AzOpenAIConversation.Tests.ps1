BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $class = 'AzOpenAI.Commands.ImportAzOpenAIConversationCommand'

    function New-File([string] $Text) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        [IO.File]::WriteAllText($path, $Text)
        $path
    }
}

Describe 'Import-AzOpenAIConversation' {
    AfterEach { Disconnect-AzOpenAI }

    It 'reads a plain list of messages' {
        $talk = Import-AzOpenAIConversation (New-File '[{"role":"system","content":"Be kind."},{"role":"user","content":"hi"},{"role":"assistant","content":"hello"}]')
        $talk | Should -BeOfType ([AzOpenAI.Conversation])
        $talk.Messages.Role | Should -Be 'system', 'user', 'assistant'
        $talk.System | Should -Be 'Be kind.'
        $talk.Turns | Should -Be 1
        $talk.Tokens | Should -BeGreaterThan 0
        $talk.Name | Should -BeNullOrEmpty
    }

    It 'reads what ConvertTo-Json makes of messages, and the body of a request, and names what is left out' {
        $messages = @(@{ role = 'user'; content = 'a' }, @{ role = 'assistant'; content = 'b' })
        (Import-AzOpenAIConversation (New-File (ConvertTo-Json $messages))).Messages.Content | Should -Be 'a', 'b'
        $talk = Import-AzOpenAIConversation (New-File (ConvertTo-Json @{ model = 'm'; messages = $messages } -Depth 5)) -WarningVariable warnings -WarningAction SilentlyContinue
        $talk.Messages.Content | Should -Be 'a', 'b'
        "$warnings" | Should -Match 'model'
    }

    It 'keeps one with a name in the session, under -Name where that is given' {
        $path = New-File '[{"role":"user","content":"hi"}]'
        $null = Import-AzOpenAIConversation $path -Name cats
        (Get-AzOpenAIConversation cats).Messages.Content | Should -Be hi
        $failure = Get-Failure { Import-AzOpenAIConversation $path -Name cats -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConversationExists,$class"
        $null = Import-AzOpenAIConversation $path -Name cats -Force
    }

    It 'takes paths and files from the pipeline, and a bad one does not stop the others' {
        $paths = (New-File '[{"role":"user","content":"1"}]'), (New-File 'no json'), (New-File '[{"role":"user","content":"2"}]')
        $talks = $paths | Import-AzOpenAIConversation -ErrorAction SilentlyContinue -ErrorVariable failures
        $talks.Messages.Content | Should -Be '1', '2'
        $failures | Should -HaveCount 1
        $failures[0].TargetObject | Should -Be $paths[1]
        (Get-Item $paths[0] | Import-AzOpenAIConversation).Messages.Content | Should -Be '1'
    }

    It '<Case> is <Id>, says <Says>' -ForEach @(
        @{ Case = 'an empty file'; Text = ''; Id = 'ConversationFileInvalid'; Says = 'empty' }
        @{ Case = 'half a file'; Text = '{"format":"AzOpenAI.Conversation","version":1,"messages":[{"role":"us'; Id = 'ConversationFileInvalid'; Says = 'line 1' }
        @{ Case = 'text'; Text = 'Hello'; Id = 'ConversationFileInvalid'; Says = 'line 1' }
        @{ Case = 'a file of something else'; Text = '{"name":"package","version":"1.0.0"}'; Id = 'ConversationFileInvalid'; Says = 'messages' }
        @{ Case = 'another format'; Text = '{"format":"Other","version":1,"messages":[]}'; Id = 'ConversationFileInvalid'; Says = 'Other' }
        @{ Case = 'a newer version'; Text = '{"format":"AzOpenAI.Conversation","version":2,"messages":[]}'; Id = 'ConversationFileNewer'; Says = 'version 2' }
        @{ Case = 'a role that does not exist'; Text = '[{"role":"user","content":"a"},{"role":"king","content":"b"}]'; Id = 'ConversationFileInvalid'; Says = '\[1\]\.role' }
        @{ Case = 'a number as content'; Text = '[{"role":"user","content":5}]'; Id = 'ConversationFileInvalid'; Says = '\[0\]\.content' }
        @{ Case = 'one message'; Text = '{"role":"user","content":"a"}'; Id = 'ConversationFileInvalid'; Says = 'put it in an array' }
    ) {
        $path = New-File $Text
        $failure = Get-Failure { Import-AzOpenAIConversation $path -Name talk -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$class"
        "$failure" | Should -Match $Says
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-AzOpenAIConversation | Should -BeNullOrEmpty -Because 'nothing of a bad file is kept'
    }

    It 'a file that is not there, or a folder, is FileUnreadable' {
        foreach ($path in (Join-Path $TestDrive nothing.json), $TestDrive) {
            $failure = Get-Failure { Import-AzOpenAIConversation "$path" -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -Be "FileUnreadable,$class"
            Find-ErrorDefect $failure | Should -BeNullOrEmpty
        }
    }
}

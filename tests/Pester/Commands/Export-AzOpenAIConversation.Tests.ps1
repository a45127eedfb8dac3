BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $class = 'AzOpenAI.Commands.ExportAzOpenAIConversationCommand'

    function New-Talk([string] $Name) {
        $call = @{ id = 'call_1'; type = 'function'; function = @{ name = 'weather'; arguments = '{"city":"Oslo"}' } }
        New-AzOpenAIConversation $Name -Force -MaxTurns 7 -MaxTokens 900 -System "Zwölf `"Boxkämpfer`" 漢字`n`ttab" -Message @(
            @{ role = 'user'; content = 'Weather?' }
            @{ role = 'assistant'; content = $null; tool_calls = @($call) }
            @{ role = 'tool'; content = 'rain'; tool_call_id = 'call_1' }
            @{ role = 'assistant'; content = 'It rains 🙂.' }
        )
    }
}

Describe 'Export-AzOpenAIConversation' {
    AfterEach { Disconnect-AzOpenAI }

    BeforeEach {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        $talk = New-Talk travel
    }

    It 'writes what other programs can send, and says nothing' {
        $talk | Export-AzOpenAIConversation -Path $path | Should -BeNullOrEmpty
        $file = Get-Content $path -Raw | ConvertFrom-Json
        $file.format | Should -Be 'AzOpenAI.Conversation'
        $file.version | Should -Be 1
        $file.name | Should -Be 'travel'
        $file.messages.role | Should -Be 'system', 'user', 'assistant', 'tool', 'assistant'
        $file.messages[0].content | Should -Be "Zwölf `"Boxkämpfer`" 漢字`n`ttab"
        $file.messages[2].tool_calls[0].function.name | Should -Be 'weather'
        $file.messages[3].tool_call_id | Should -Be 'call_1'
    }

    # Skipped on Windows, which has no file modes.
    It 'makes a file for its owner only, and keeps the mode of one that is there' -Skip:$IsWindows {
        $talk | Export-AzOpenAIConversation -Path $path
        [IO.File]::GetUnixFileMode($path) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite')
        [IO.File]::SetUnixFileMode($path, 'UserRead, UserWrite, GroupRead')
        $talk | Export-AzOpenAIConversation -Path $path
        [IO.File]::GetUnixFileMode($path) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite, GroupRead')
    }

    It 'what comes back is the same, written again byte for byte' {
        Export-AzOpenAIConversation travel $path
        $back = Import-AzOpenAIConversation $path -Force
        $back.Messages.Content | Should -Be $talk.Messages.Content
        $back.Messages[2].ToolCalls[0].Arguments | Should -Be '{"city":"Oslo"}'
        $back.MaxTurns | Should -Be 7
        $back.MaxTokens | Should -Be 900
        $again = "$path.again"
        $back | Export-AzOpenAIConversation -Path $again
        (Get-FileHash $again).Hash | Should -Be (Get-FileHash $path).Hash
    }

    It 'takes the object, its name, and an answer; a path of the current folder; and gives the file with -PassThru' {
        Push-Location $TestDrive
        try {
            $file = Export-AzOpenAIConversation travel ./here.json -PassThru
            $file | Should -BeOfType ([IO.FileInfo])
            $file.FullName | Should -Be ([IO.Path]::Combine((Get-Item $TestDrive).FullName, 'here.json'))
            Test-Path ./here.json | Should -BeTrue
        }
        finally {
            Pop-Location
        }
    }

    It 'replaces a file, but not with -NoClobber, and a read-only one only with -Force' {
        Set-Content $path old
        $failure = Get-Failure { $talk | Export-AzOpenAIConversation -Path $path -NoClobber -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConfigurationFileExists,$class"
        Get-Content $path | Should -Be old
        Set-ItemProperty $path IsReadOnly $true
        $failure = Get-Failure { $talk | Export-AzOpenAIConversation -Path $path -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConfigurationFileReadOnly,$class"
        Get-Content $path | Should -Be old
        $talk | Export-AzOpenAIConversation -Path $path -Force
        (Get-Content $path -Raw | ConvertFrom-Json).name | Should -Be travel
    }

    It 'does not write a second conversation over the first' {
        $null = New-Talk cooking
        $failures = @()
        Get-AzOpenAIConversation | Export-AzOpenAIConversation -Path $path -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be "ConversationFileTaken,$class"
        Find-ErrorDefect $failures[0] | Should -BeNullOrEmpty
        (Get-Content $path -Raw | ConvertFrom-Json).name | Should -Be cooking
    }

    It 'writes nothing under -WhatIf, not even with -Force' {
        $talk | Export-AzOpenAIConversation -Path $path -Force -WhatIf
        Test-Path $path | Should -BeFalse
    }

    It '<Case> is <Id>' -ForEach @(
        @{ Case = 'a name that nobody has'; Id = 'ConversationNotFound'; Line = { Export-AzOpenAIConversation nobody $path -ErrorAction Stop } }
        @{ Case = 'a number'; Id = 'ConversationInvalid'; Line = { [pscustomobject]@{ Name = 'x' } | Export-AzOpenAIConversation -Path $path -ErrorAction Stop } }
        @{ Case = 'a folder that is not there'; Id = 'ConfigurationFileFailed'; Line = { Export-AzOpenAIConversation travel "$path/no/where.json" -ErrorAction Stop } }
        @{ Case = 'a path of another provider'; Id = 'ConfigurationFileFailed'; Line = { Export-AzOpenAIConversation travel env:x -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $Line
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Test-Path $path | Should -BeFalse
    }

    It 'a copy out of another process is no conversation, and the error says what to do' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($talk))
        $failure = Get-Failure { $copy | Export-AzOpenAIConversation -Path $path -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConversationInvalid,$class"
        "$failure" | Should -Match 'another process'
    }
}

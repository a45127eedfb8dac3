BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    New-TestDeployment $emulator $contosoId classic -Model gpt-4o
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $plain = (Invoke-Arm $emulator "$contosoId/listKeys" -Method POST).Body.key1
    $chat = @{ Connection = $key }
    $png = [byte[]](0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0)

    function Get-ChatCall { @(Get-EmulatorRequest $emulator | Where-Object { $_.plane -eq 'data' -and $_.path -like '*chat/completions*' }) }
    function Add-Answer([hashtable] $Answer) { $null = Invoke-EmulatorControl $emulator answers -Method POST -Body $Answer }

    class ChatTestPerson {
        [string] $Name
        [int] $Age
        [ValidateSet('red', 'blue')] [string] $Colour
        [ChatTestPerson[]] $Children
    }
    enum ChatTestMood { Good; Bad }
    class ChatTestReport {
        [ChatTestPerson] $Author
        [ChatTestMood] $Mood
        [Nullable[double]] $Score
        [datetime] $When
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Messages with a role' {
    It 'sends a list of hashtables as one conversation' {
        $before = @(Get-ChatCall).Count
        $answer = Invoke-AzOpenAIChat @chat -Message @{ role = 'user'; content = 'one' }, @{ role = 'assistant'; content = 'two' }, @{ role = 'user'; content = 'three' }
        $answer.Content | Should -Match 'three'
        $answer.Content | Should -Not -Match 'one'
        @(Get-ChatCall).Count - $before | Should -Be 1
    }

    It 'takes objects with role and content, and messages of the module' {
        (Invoke-AzOpenAIChat @chat ([pscustomobject]@{ role = 'user'; content = 'from json' })).Content | Should -Match 'from json'
        (Invoke-AzOpenAIChat @chat ([AzOpenAI.ChatMessage]::new('user', 'typed'))).Content | Should -Match 'typed'
        (@{ role = 'user'; content = 'piped' } | Invoke-AzOpenAIChat @chat).Content | Should -Match 'piped'
        (, @(@{ role = 'system'; content = 'brief' }, @{ role = 'user'; content = 'both' }) | Invoke-AzOpenAIChat @chat).Content | Should -Match 'both'
    }

    It 'takes parts of content as the API has them' {
        $message = @{ role = 'user'; content = @(@{ type = 'text'; text = 'look' }, @{ type = 'image_url'; image_url = @{ url = 'https://example.com/a.png'; detail = 'low' } }) }
        (Invoke-AzOpenAIChat @chat $message).Usage.PromptTokens | Should -BeGreaterThan 85
    }

    It 'takes a row with a column named role for data' {
        ([pscustomobject]@{ role = 'Manager'; content = 'Nora' } | Invoke-AzOpenAIChat @chat).Content | Should -Match 'Manager'
    }

    It 'goes on from an answer with its tool calls' {
        $calling = [AzOpenAI.ChatMessage]::new('assistant', '')
        $message = @{ role = 'assistant'; tool_calls = @(@{ id = 'c1'; type = 'function'; function = @{ name = 'look'; arguments = '{}' } }) }
        $answer = Invoke-AzOpenAIChat @chat -Message @{ role = 'user'; content = 'go' }, $message, @{ role = 'tool'; tool_call_id = 'c1'; content = 'found it' }
        $answer.Content | Should -Match 'found it'
        $calling.ToolCalls.Count | Should -Be 0
    }
}

Describe 'Templates' {
    It 'replaces {0} and no other brace' {
        ('Lund' | Invoke-AzOpenAIChat @chat -Template 'Give {"city":"{0}","{1}":{}}').Content | Should -Match ([regex]::Escape('{"city":"Lund","{1}":{}}'))
    }

    It 'does not read the input as a template' {
        ('{0} $x' | Invoke-AzOpenAIChat @chat -Template '<{0}>').Content | Should -Match ([regex]::Escape('<{0} $x>'))
    }

    It 'runs a script block with the object as $_' {
        $suffix = '!'
        ([pscustomobject]@{ City = 'Lund' } | Invoke-AzOpenAIChat @chat -Template { "Weather in $($_.City)$suffix" }).Content | Should -Match 'Weather in Lund!'
    }

    It 'goes on with the next item where the script block throws' {
        $errors = $null
        $answers = 1, 0, 2 | Invoke-AzOpenAIChat @chat -Template { if ($_ -eq 0) { throw 'zero' }; "number $_" } -ErrorAction SilentlyContinue -ErrorVariable errors
        @($answers).Count | Should -Be 2
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'TemplateFailed,*'
        $errors[0].TargetObject | Should -Be 0
        Find-ErrorDefect $errors[0] | Should -BeNullOrEmpty
    }

    It 'keeps the input with -IncludeInput' {
        $row = [pscustomobject]@{ Id = 7; Text = 'hi' }
        $answer = $row | Invoke-AzOpenAIChat @chat -Template { $_.Text } -IncludeInput
        $answer.Input.Id | Should -Be 7
        $answer.Content | Should -Match 'hi'
    }
}

Describe 'Images and files' {
    BeforeAll {
        [IO.File]::WriteAllBytes((Join-Path $TestDrive 'a.dat'), $png)
        $base = (Invoke-AzOpenAIChat @chat 'What?').Usage.PromptTokens
    }

    It 'takes <Case>' -ForEach @(
        @{ Case = 'a path whatever its extension'; Value = { Join-Path $TestDrive 'a.dat' }; Count = 1 }
        @{ Case = 'a file object'; Value = { Get-Item (Join-Path $TestDrive 'a.dat') }; Count = 1 }
        @{ Case = 'bytes'; Value = { , $png }; Count = 1 }
        @{ Case = 'bytes that came as a list'; Value = { , [object[]]$png }; Count = 1 }
        @{ Case = 'an address'; Value = { 'https://example.com/a.png' }; Count = 1 }
        @{ Case = 'a data address'; Value = { 'data:image/png;base64,' + [Convert]::ToBase64String($png) }; Count = 1 }
        @{ Case = 'several'; Value = { @((Join-Path $TestDrive 'a.dat'), 'https://example.com/b.jpg') }; Count = 2 }
    ) {
        $value = & $Value
        (Invoke-AzOpenAIChat @chat 'What?' -Image $value).Usage.PromptTokens - $base | Should -BeGreaterOrEqual (85 * $Count)
    }

    It 'takes a path relative to the current location of the shell' {
        Push-Location $TestDrive
        try { (Invoke-AzOpenAIChat @chat 'What?' -Image a.dat).Usage.PromptTokens | Should -BeGreaterThan $base }
        finally { Pop-Location }
    }

    It 'sends an image without a text, and beside each item' {
        (Invoke-AzOpenAIChat @chat -Image $png).Usage.PromptTokens | Should -BeGreaterOrEqual 85
        @('one', 'two' | Invoke-AzOpenAIChat @chat -Image $png).Count | Should -Be 2
    }

    It 'sends a text file with its name, and a PDF as a file' {
        Set-Content (Join-Path $TestDrive 'note.txt') 'the note' -NoNewline
        [IO.File]::WriteAllText((Join-Path $TestDrive 'a.pdf'), '%PDF-1.7 x')
        (Invoke-AzOpenAIChat @chat 'Read' -File (Join-Path $TestDrive 'note.txt')).Content | Should -Match 'note.txt:\nthe note'
        (Invoke-AzOpenAIChat @chat 'Read' -File (Join-Path $TestDrive 'a.pdf'), file-0123).Content | Should -Match 'Read'
    }
}

Describe 'Answers of a form' {
    It 'gives an object by a hashtable, a text and a file' {
        $schema = @{ type = 'object'; properties = @{ city = @{ type = 'string' }; degrees = @{ type = 'integer' } } }
        $json = $schema | ConvertTo-Json -Depth 5
        Set-Content (Join-Path $TestDrive 'form.json') $json
        foreach ($form in $schema, $json, (Join-Path $TestDrive 'form.json')) {
            $value = Invoke-AzOpenAIChat @chat 'Weather' -Schema $form
            $value.city | Should -BeOfType ([string])
            $value.degrees | Should -BeOfType ([int])
        }
    }

    It 'gives the items of a list' {
        Add-Answer @{ text = '{"value":["a","b"]}' }
        Invoke-AzOpenAIChat @chat 'List' -As ([string[]]) | Should -Be 'a', 'b'
    }

    It 'gives objects of a PowerShell class' {
        $report = Invoke-AzOpenAIChat @chat 'Report' -As ([ChatTestReport])
        $report.GetType().Name | Should -Be 'ChatTestReport'
        $report.Author.Colour | Should -BeIn 'red', 'blue'
        $report.Mood | Should -BeOfType ([ChatTestMood])
        $report.When | Should -BeOfType ([datetime])
    }

    It 'gives one object of each choice' {
        @(Invoke-AzOpenAIChat @chat 'Report' -As ([ChatTestPerson]) -ChoiceCount 3).Count | Should -Be 3
    }

    It 'keeps the whole answer beside the object with -IncludeInput' {
        $answer = 'Report' | Invoke-AzOpenAIChat @chat -As ([ChatTestPerson]) -IncludeInput
        $answer.Value.Name | Should -Not -BeNullOrEmpty
        $answer.Input | Should -Be 'Report'
        $answer.Usage.TotalTokens | Should -BeGreaterThan 0
    }

    It 'gives an object after a stream' {
        (Invoke-AzOpenAIChat @chat 'Report' -As ([ChatTestPerson]) -Stream 6>$null).Name | Should -Not -BeNullOrEmpty
    }

    It 'is an error that keeps the text where <Case>' -ForEach @(
        @{ Case = 'the model refuses'; Id = 'AnswerRefused'; Answer = @{ refusal = 'I will not.' }; Kept = { $_.Partial.Refusal -eq 'I will not.' } }
        @{ Case = 'the answer is cut off'; Id = 'AnswerTruncated'; Answer = @{ text = '{"city":"Lu'; finishReason = 'length' }; Kept = { $_.Partial.Content -eq '{"city":"Lu' } }
        @{ Case = 'the answer is filtered'; Id = 'AnswerFiltered'; Answer = @{ text = '{"ci'; finishReason = 'content_filter' }; Kept = { $_.Partial.Content -eq '{"ci' } }
        @{ Case = 'the answer is no JSON'; Id = 'AnswerInvalid'; Answer = @{ text = 'Sure! Here it is' }; Kept = { $_.Partial.Content -eq 'Sure! Here it is' } }
        @{ Case = 'the answer is of another form'; Id = 'AnswerInvalid'; Answer = @{ text = '{"Age":"old"}' }; Kept = { $_.Partial.Content -eq '{"Age":"old"}' } }
    ) {
        Add-Answer $Answer
        $failure = Get-Failure { Invoke-AzOpenAIChat @chat 'Person' -As ([ChatTestPerson]) -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $failure.Exception | ForEach-Object $Kept | Should -BeTrue
    }
}

Describe 'Fields of the request' {
    It 'gives all choices with the probabilities of their tokens' {
        $answer = Invoke-AzOpenAIChat @chat 'Hello' -Deployment classic -N 2 -TopLogProbs 2
        $answer.Choices.Count | Should -Be 2
        $token = $answer.Choices[1].LogProbs[0]
        $token.Probability | Should -BeGreaterThan 0
        $token.Probability | Should -BeLessOrEqual 1
        $token.Top.Count | Should -Be 2
    }

    It 'sends what has no parameter with -ExtraBody, which wins' {
        (Invoke-AzOpenAIChat @chat 'Hello' -N 1 -ExtraBody @{ n = 3 }).Choices.Count | Should -Be 3
        (Invoke-AzOpenAIChat @chat 'Hello' -ExtraBody '{"n":2}' -Metadata @{ team = 'a' } -Verbosity low -ReasoningEffort low -ExtraHeader @{ 'x-team' = 'a' }).Choices.Count | Should -Be 2
    }

    It 'finds out at a refusal what the model does not take, warns once and remembers' {
        New-TestDeployment $emulator $contosoId learner
        $call = @{ Endpoint = $key.Endpoint; Key = $plain; Deployment = 'learner'; Temperature = 0.5 }
        $before = @(Get-ChatCall).Count
        $warnings = $null
        (Invoke-AzOpenAIChat 'Hello' @call -WarningVariable warnings -WarningAction SilentlyContinue).Content | Should -Match 'Hello'
        $warnings.Count | Should -Be 1
        $warnings[0].Message | Should -Match '-Temperature'
        @(Get-ChatCall).Count - $before | Should -Be 2
        $null = Invoke-AzOpenAIChat 'Hello' @call -WarningVariable warnings
        $warnings.Count | Should -Be 0
        @(Get-ChatCall).Count - $before | Should -Be 3
    }

    It 'asks Azure Resource Manager for the model, once, and only for a field that depends on it' {
        New-TestDeployment $emulator $contosoId looked
        $connection = (Get-AzOpenAIKey contoso).Connection
        $reads = { @(Get-EmulatorRequest $emulator | Where-Object { $_.plane -eq 'management' -and $_.path -like '*deployments/looked*' }).Count }
        $count = & $reads
        $null = Invoke-AzOpenAIChat 'Hello' -Connection $connection -Deployment looked
        & $reads | Should -Be $count
        $before = @(Get-ChatCall).Count
        $null = 1..3 | Invoke-AzOpenAIChat -Connection $connection -Deployment looked -Temperature 0.3 -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        & $reads | Should -Be ($count + 1)
        @(Get-ChatCall).Count - $before | Should -Be 3
    }

    It 'calls all the same where the lookup fails' {
        New-TestDeployment $emulator $contosoId blind -Model gpt-4o
        $connection = (Get-AzOpenAIKey contoso).Connection
        Add-EmulatorDenial $emulator
        try { (Invoke-AzOpenAIChat 'Hello' -Connection $connection -Deployment blind -Temperature 0.3).Content | Should -Match 'Hello' }
        finally { Clear-EmulatorFault $emulator }
    }
}

Describe 'Output' {
    It 'shows every choice, refusals and calls' {
        Invoke-AzOpenAIChat @chat 'Hello' -N 2 | Out-String -Width 120 | Should -Match '(?s)\[1\].*\[2\]'
        Invoke-AzOpenAIChat @chat '[[refusal:I will not]]' -Stream 6>$null | Out-String -Width 120 | Should -Match 'Refused: I will not'
    }
}

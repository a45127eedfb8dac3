BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    # The last models for this operation retired in November 2025.
    $null = Invoke-EmulatorControl $emulator clock -Method PATCH -Body @{ now = '2025-09-01T00:00:00Z' }
    $id = New-TestResource $emulator contoso -Deployment chat
    New-TestDeployment $emulator $id instruct -Model gpt-35-turbo-instruct -Sku Standard -Capacity 100
    $key = Get-AzOpenAIDeployment contoso instruct | Get-AzOpenAIKey
    $class = 'AzOpenAI.Commands.InvokeAzOpenAICompletionCommand'

    function Get-CompletionCall { @(Get-EmulatorRequest $emulator | Where-Object { $_.plane -eq 'data' -and $_.path -like '*/completions*' }) }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Invoke-AzOpenAICompletion' {
    BeforeEach { $null = Invoke-EmulatorControl $emulator requests -Method DELETE }

    It 'answers as a typed object whose text is the completion' {
        $completion = Invoke-AzOpenAICompletion 'Roses are' -Connection $key
        $completion | Should -BeOfType ([AzOpenAI.TextCompletion])
        "$completion" | Should -Be 'You said: Roses are'
        $completion.Prompt | Should -Be 'Roses are'
        $completion.FinishReason | Should -Be 'stop'
        $completion.Model | Should -Be 'gpt-35-turbo-instruct'
        $completion.Deployment | Should -Be 'instruct'
        $completion.Usage.TotalTokens | Should -BeGreaterThan 0
        $completion.ContentFilter.Side | Sort-Object -Unique | Should -Be 'Completion', 'Prompt'
        $completion.RequestId | Should -Not -BeNullOrEmpty
        ($completion.Raw | ConvertFrom-Json).object | Should -Be 'text_completion'
        $completion.LogProbs | Should -BeNullOrEmpty
    }

    It 'makes one call of an array, and one object of each prompt and choice' {
        $all = Invoke-AzOpenAICompletion 'one', 'two' -N 2 -Connection $key
        Get-CompletionCall | Should -HaveCount 1
        $all | ForEach-Object { "$($_.PromptIndex).$($_.Index) $($_.Text)" } | Should -Be '0.0 You said: one', '0.1 You said: one', '1.0 You said: two', '1.1 You said: two'
    }

    It 'makes one call of each pipeline item, with the prompt before it where there is one' {
        ('one', 'two' | Invoke-AzOpenAICompletion -Connection $key).Text | Should -Be 'You said: one', 'You said: two'
        Get-CompletionCall | Should -HaveCount 2
        ('one' | Invoke-AzOpenAICompletion 'Translate' -Connection $key).Prompt | Should -Be "Translate`n`none"
    }

    It 'takes a piped key, connection or deployment as the place to call' {
        ($key | Invoke-AzOpenAICompletion 'a').Deployment | Should -Be 'instruct'
        ($key.Connection | Invoke-AzOpenAICompletion 'a').Deployment | Should -Be 'instruct'
        (Get-AzOpenAIDeployment contoso instruct | Invoke-AzOpenAICompletion 'a').Deployment | Should -Be 'instruct'
        (Invoke-AzOpenAICompletion 'a' -Connection $key -ApiVersion 2024-10-21).Text | Should -Be 'You said: a'
        (Get-CompletionCall)[-1].path | Should -Match '/deployments/instruct/completions\?api-version=2024-10-21'
    }

    It 'sends what was asked for' {
        (Invoke-AzOpenAICompletion 'a long text that goes on' -MaxTokens 2 -Connection $key).FinishReason | Should -Be 'length'
        (Invoke-AzOpenAICompletion 'a' -Suffix ' end' -Connection $key).Text | Should -Be 'You said: a end'
        (Invoke-AzOpenAICompletion 'a b' -Echo -Connection $key).Text | Should -Be 'a bYou said: a b'
        (Invoke-AzOpenAICompletion 'a STOP b' -StopSequence STOP -Connection $key).Text | Should -Be 'You said: a '
        $plain = Invoke-AzOpenAICompletion 'a' -Temperature 0.5 -TopP 0.5 -Seed 1 -FrequencyPenalty 1 -PresencePenalty -1 -BestOf 2 -User me -Connection $key
        $plain.Text | Should -Be 'You said: a'
    }

    It 'tells how likely the tokens were' {
        $completion = Invoke-AzOpenAICompletion 'Roses' -LogProbs 3 -Connection $key
        -join $completion.LogProbs.Token | Should -Be $completion.Text
        $completion.LogProbs[0].Top | Should -HaveCount 3
        $completion.LogProbs[0].Probability | Should -BeGreaterThan 0
    }

    It 'has filter findings as data, on success and on error' {
        $withheld = Invoke-AzOpenAICompletion '[[filter-completion:hate]] x' -Connection $key
        $withheld.FinishReason | Should -Be 'content_filter'
        ($withheld.ContentFilter | Where-Object Filtered).Category | Should -Be 'hate'
        $failure = Get-Failure { Invoke-AzOpenAICompletion '[[filter:violence]]' -Connection $key -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ContentFiltered,$class"
        ($failure.Exception.Partial | Where-Object Filtered).Category | Should -Be 'violence'
    }

    It 'writes the text to the host as it comes with -Stream, then the objects' {
        $records = Invoke-AzOpenAICompletion 'one two three' -N 2 -Stream -Connection $key 6>&1
        $all = @($records | Where-Object { $_ -is [AzOpenAI.TextCompletion] })
        $all.Text | Should -Be 'You said: one two three', 'You said: one two three'
        $all.Streamed | Should -Be $true, $false
        $all[0].Usage.TotalTokens | Should -BeGreaterThan 0
        -join ($records | Where-Object { $_ -is [System.Management.Automation.InformationRecord] } | ForEach-Object { $_.MessageData.Message }) | Should -Be 'You said: one two three'
        ($all | Out-String) | Should -Match '(?s)^\s*\[gpt-35-turbo-instruct, prompt 1.*You said: one two three.*choice 2'
    }

    It 'gives the raw pieces with -StreamText' {
        $pieces = @(Invoke-AzOpenAICompletion 'one two three' -StreamText -Connection $key)
        $pieces.Count | Should -BeGreaterThan 1
        -join $pieces | Should -Be 'You said: one two three'
    }

    It 'keeps what came when the stream breaks off' {
        Add-EmulatorFault $emulator @{ kind = 'stream-error'; afterChunks = 2; count = 1 }
        $failure = Get-Failure { Invoke-AzOpenAICompletion 'one two three' -Stream -Connection $key -ErrorAction Stop 6>$null }
        $failure.FullyQualifiedErrorId | Should -Match '^(ChatStreamFailed|ServiceBusy),'
        $failure.Exception.Partial[0].Text | Should -Match '^You'
    }

    It '<Name>' -ForEach @(
        @{ Name = 'says that there is no prompt'; Line = 'Invoke-AzOpenAICompletion -Connection $key'; Id = 'PromptMissing' }
        @{ Name = 'says that one of the prompts is empty'; Line = "Invoke-AzOpenAICompletion 'a', '' -Connection `$key"; Id = 'PromptMissing' }
        @{ Name = 'refuses pieces of several prompts'; Line = "Invoke-AzOpenAICompletion 'a', 'b' -StreamText -Connection `$key"; Id = 'ParameterConflict' }
        @{ Name = 'refuses the best of fewer'; Line = "Invoke-AzOpenAICompletion 'a' -N 3 -BestOf 2 -Connection `$key"; Id = 'ParameterConflict' }
        @{ Name = 'refuses the best of a stream'; Line = "Invoke-AzOpenAICompletion 'a' -BestOf 2 -Stream -Connection `$key"; Id = 'ParameterConflict' }
        @{ Name = 'says that a deployment only chats'; Line = "Invoke-AzOpenAICompletion 'a' -Deployment chat -Connection `$key"; Id = 'OperationNotSupported' }
        @{ Name = 'says that a prompt is too long'; Line = "Invoke-AzOpenAICompletion ('word ' * 9000) -Connection `$key"; Id = 'ContextLengthExceeded' }
    ) {
        $failure = Get-Failure { & ([scriptblock]::Create("$Line -ErrorAction Stop")) }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'stops at once when the service does not answer' {
        $stop = Measure-Stop $emulator "Invoke-AzOpenAICompletion 'a' -Connection `$key" -Variable @{ key = $key } -Match @{ plane = 'data' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Dropped | Should -BeTrue
        $stop.Errors | Should -BeNullOrEmpty
    }

    It 'closes the stream when nobody takes its pieces any more' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ chunkCount = 200; chunkDelayMs = 20 }
        try {
            $null = Invoke-AzOpenAICompletion 'a' -StreamText -Connection $key | Select-Object -First 1
            Wait-Until { (Get-CompletionCall)[-1].dropped } -Seconds 10 | Should -BeTrue
        }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ chunkCount = $null; chunkDelayMs = 0 } }
    }
}

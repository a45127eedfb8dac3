BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $contosoId = New-TestResource $emulator contoso -Deployment chat, other
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $plain = (Invoke-Arm $emulator "$contosoId/listKeys" -Method POST).Body.key1
    $class = 'AzOpenAI.Commands.InvokeAzOpenAIChatCommand'

    function Get-ChatCall { @(Get-EmulatorRequest $emulator | Where-Object { $_.plane -eq 'data' -and $_.path -like '*chat/completions*' }) }
    function Set-Stream([hashtable] $Setting) { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body $Setting }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Invoke-AzOpenAIChat' {
    It 'answers as a typed object whose text is the answer' {
        $answer = Invoke-AzOpenAIChat 'Hello' -Connection $key
        $answer | Should -BeOfType ([AzOpenAI.ChatCompletion])
        $answer.Content | Should -Not -BeNullOrEmpty
        "$answer" | Should -Be $answer.Content
        $answer.FinishReason | Should -Be 'stop'
        $answer.Model | Should -Match 'gpt-5-mini'
        $answer.Deployment | Should -Be 'chat'
        $answer.Usage.TotalTokens | Should -Be ($answer.Usage.PromptTokens + $answer.Usage.CompletionTokens)
        $answer.Usage.TotalTokens | Should -BeGreaterThan 0
        $answer.RequestId | Should -Not -BeNullOrEmpty
        $answer.Duration | Should -BeGreaterThan ([TimeSpan]::Zero)
        $answer.Streamed | Should -BeFalse
        $answer.Choices.Count | Should -Be 1
        $answer.ContentFilter.Count | Should -BeGreaterThan 0
        ($answer.Raw | ConvertFrom-Json).object | Should -Be 'chat.completion'
    }

    It 'tells the limits that are left' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ rateLimits = $true }
        try { $limit = (Invoke-AzOpenAIChat 'Hello' -Connection $key).RateLimit }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ rateLimits = $false } }
        $limit.LimitTokens | Should -Be 10000
        $limit.RemainingTokens | Should -BeLessThan 10000
        $limit.RemainingRequests | Should -BeGreaterOrEqual 0
    }

    It 'takes a piped key, a piped deployment and a piped connection as the place to call' {
        ($key | Invoke-AzOpenAIChat 'Hello').Deployment | Should -Be 'chat'
        (Get-AzOpenAIDeployment contoso other | Invoke-AzOpenAIChat 'Hello').Deployment | Should -Be 'other'
        ($key.Connection | Invoke-AzOpenAIChat 'Hello').Deployment | Should -Be 'chat'
    }

    It 'takes endpoint and key, as text and as a secure string, and the deployment' {
        (Invoke-AzOpenAIChat 'Hello' -Endpoint $key.ClassicEndpoint -Key $plain -Deployment chat).Content | Should -Not -BeNullOrEmpty
        (Invoke-AzOpenAIChat 'Hello' -Endpoint $key.Endpoint -Key $key.Key2 -Deployment other).Deployment | Should -Be 'other'
    }

    It 'makes one call of each pipeline item' {
        $before = (Get-ChatCall).Count
        $answers = 'one', 'two', 'three' | Invoke-AzOpenAIChat -Connection $key
        $answers.Count | Should -Be 3
        (Get-ChatCall).Count - $before | Should -Be 3
    }

    It 'makes one call of an array that is the message' {
        $before = (Get-ChatCall).Count
        @(Invoke-AzOpenAIChat 'one', 'two' -Connection $key).Count | Should -Be 1
        (Get-ChatCall).Count - $before | Should -Be 1
    }

    It 'applies the message to each item' {
        $answers = 'ALPHA', 'BETA' | Invoke-AzOpenAIChat 'Translate' -Connection $key
        $answers.Count | Should -Be 2
        $answers[0].Content | Should -Match 'ALPHA'
        $answers[1].Content | Should -Match 'BETA'
    }

    It 'makes one text of all input with -Join' {
        $before = (Get-ChatCall).Count
        $answer = 'line one', 'line two' | Invoke-AzOpenAIChat 'Summarise' -Join -Connection $key
        @($answer).Count | Should -Be 1
        (Get-ChatCall).Count - $before | Should -Be 1
        $answer.Content | Should -Match 'line two'
    }

    It 'takes numbers, objects and lists as text, never a type name' {
        (42 | Invoke-AzOpenAIChat -Connection $key).Content | Should -Match '42'
        ([pscustomobject]@{ City = 'Lund' } | Invoke-AzOpenAIChat -Connection $key).Content | Should -Match 'Lund'
        (, @('first', 'second') | Invoke-AzOpenAIChat -Connection $key).Content | Should -Match 'second'
        Invoke-AzOpenAIChat ([pscustomobject]@{ City = 'Lund' }) -Connection $key | ForEach-Object Content | Should -Match 'Lund'
    }

    It 'sends the system message first' {
        $answer = Invoke-AzOpenAIChat 'Hello' -System 'Be brief.' -Connection $key
        $answer.Usage.PromptTokens | Should -BeGreaterThan (Invoke-AzOpenAIChat 'Hello' -Connection $key).Usage.PromptTokens
    }

    It 'sends the limits that were asked for' {
        $answer = Invoke-AzOpenAIChat 'Tell a long story about many words that go on and on' -MaxTokens 2 -Connection $key
        $answer.FinishReason | Should -Be 'length'
        $answer.Usage.CompletionTokens | Should -BeLessOrEqual 2
    }

    It 'takes a dated api-version' {
        $null = Invoke-AzOpenAIChat 'Hello' -ApiVersion 2024-10-21 -Connection $key
        (Get-ChatCall)[-1].path | Should -Match '/openai/deployments/chat/chat/completions\?api-version=2024-10-21'
        $null = Invoke-AzOpenAIChat 'Hello' -Connection $key
        (Get-ChatCall)[-1].path | Should -Match '/openai/v1/chat/completions'
    }

    It 'writes the text to the host as it comes with -Stream, then the one object' {
        $records = Invoke-AzOpenAIChat 'one two three four' -Stream -Connection $key 6>&1
        $answer = $records | Where-Object { $_ -is [AzOpenAI.ChatCompletion] }
        @($answer).Count | Should -Be 1
        $records[-1] | Should -BeOfType ([AzOpenAI.ChatCompletion])
        $answer.Streamed | Should -BeTrue
        $answer.FinishReason | Should -Be 'stop'
        $answer.Usage.TotalTokens | Should -BeGreaterThan 0
        $pieces = @($records | Where-Object { $_ -is [System.Management.Automation.InformationRecord] } | ForEach-Object { $_.MessageData.Message })
        $pieces.Count | Should -BeGreaterThan 1
        (-join $pieces) | Should -Be $answer.Content
    }

    It 'keeps the host quiet with 6> and -InformationAction Ignore' {
        $answer = Invoke-AzOpenAIChat 'Hello' -Stream -Connection $key 6>$null
        $answer.Content | Should -Not -BeNullOrEmpty
        (Invoke-AzOpenAIChat 'Hello' -Stream -Connection $key -InformationAction Ignore).Content | Should -Be $answer.Content
    }

    It 'gives the raw pieces on the pipeline with -StreamText' {
        $pieces = @(Invoke-AzOpenAIChat 'one two three four' -StreamText -Connection $key)
        $pieces | ForEach-Object { $_ | Should -BeOfType ([string]) }
        $pieces.Count | Should -BeGreaterThan 1
        (-join $pieces) | Should -Be (Invoke-AzOpenAIChat 'one two three four' -Connection $key).Content
    }

    It 'hands over the first piece before the last one is made' {
        Set-Stream @{ chunkCount = 200; chunkDelayMs = 20 }
        try {
            $null = Invoke-AzOpenAIChat 'Hello' -StreamText -Connection $key | Select-Object -First 1
            Wait-Until { (Get-ChatCall)[-1].dropped } -Seconds 10 | Should -BeTrue
        }
        finally { Set-Stream @{ chunkCount = $null; chunkDelayMs = 0 } }
    }

    It 'takes the connection from the environment when none is given' {
        $env:AZURE_OPENAI_ENDPOINT = "$($key.ClassicEndpoint)"
        $env:AZURE_OPENAI_API_KEY = $plain
        $env:AZURE_OPENAI_DEPLOYMENT = 'chat'
        try { (Invoke-AzOpenAIChat 'Hello').Deployment | Should -Be 'chat' }
        finally { Remove-Item Env:/AZURE_OPENAI_ENDPOINT, Env:/AZURE_OPENAI_API_KEY, Env:/AZURE_OPENAI_DEPLOYMENT }
    }

    It 'takes nothing but input from the pipeline' {
        $parameters = (Get-Command Invoke-AzOpenAIChat).Parameters.Values
        $parameters.Where({ $_.Attributes.Where({ $_ -is [Parameter] -and $_.ValueFromPipelineByPropertyName }) }) | Should -BeNullOrEmpty
        $parameters.Where({ $_.Attributes.Where({ $_ -is [Parameter] -and $_.ValueFromPipeline }) }).Name | Should -Be 'InputObject'
        $row = [pscustomobject]@{ Endpoint = 'https://example.invalid'; Key = 'x'; Deployment = 'other'; Text = 'CSV' }
        $answer = $row | Invoke-AzOpenAIChat 'Explain' -Connection $key
        $answer.Deployment | Should -Be 'chat'
        $answer.Content | Should -Match 'CSV'
    }

    It 'asks nothing when the pipeline delivered nothing' {
        $before = (Get-ChatCall).Count
        @() | Invoke-AzOpenAIChat 'Hello' -Connection $key | Should -BeNullOrEmpty
        @() | Invoke-AzOpenAIChat 'Hello' -Join -Connection $key | Should -BeNullOrEmpty
        (Get-ChatCall).Count | Should -Be $before
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Invoke-AzOpenAIChat 'Hello' -Connection $key).Content | Should -Not -BeNullOrEmpty
    }

    It 'lets the script go on after Select-Object -First 1' {
        $steps = @('one', 'two', 'three' | Invoke-AzOpenAIChat -Connection $key | Select-Object -First 1; 'after')
        $steps.Count | Should -Be 2
        $steps[1] | Should -Be 'after'
    }
}

Describe 'Invoke-AzOpenAIChat, when something is wrong' {
    It 'says that the deployment is not there' {
        $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' -Connection $key -Deployment nobody -MaxWaitSeconds 2 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotFound,$class"
        $failure.TargetObject | Should -Be $key.ClassicEndpoint
        $failure.Exception.StatusCode | Should -Be 404
        $failure.Exception.ServiceCode | Should -Be 'DeploymentNotFound'
        $failure.Exception.RequestId | Should -Not -BeNullOrEmpty
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that no deployment is named' {
        $failure = Get-Failure { Get-AzOpenAIKey contoso | Invoke-AzOpenAIChat 'Hello' -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentMissing,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that there is no message' -ForEach @(
        @{ Case = { $key | Invoke-AzOpenAIChat -ErrorAction Stop } }
        @{ Case = { Invoke-AzOpenAIChat -Connection $key -ErrorAction Stop } }
        @{ Case = { '   ' | Invoke-AzOpenAIChat -Connection $key -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $Case
        $failure.FullyQualifiedErrorId | Should -Be "MessageMissing,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that it does not know where to call' {
        $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' -Deployment chat -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConnectionMissing,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'refuses a key without an endpoint' {
        (Get-Failure { Invoke-AzOpenAIChat 'Hello' -Key x -Deployment chat -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "KeyWithoutEndpoint,$class"
    }

    It 'says that the session has no connection of that name' {
        (Get-Failure { Invoke-AzOpenAIChat 'Hello' -Connection nobody -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "ConnectionNotFound,$class"
    }

    It 'says that the key is wrong' {
        $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' -Endpoint $key.ClassicEndpoint -Key ('0' * 32) -Deployment chat -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "InvalidKey,$class"
        $failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $failure.Exception.StatusCode | Should -Be 401
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'never takes a key that came out of another process for a prompt' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($key))
        $before = (Get-ChatCall).Count
        (Get-Failure { $copy | Invoke-AzOpenAIChat 'Hello' -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "ConnectionDeserialized,$class"
        (Get-Failure { $copy | Invoke-AzOpenAIChat 'Hello' -Connection $key -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "ConnectionDeserialized,$class"
        (Get-ChatCall).Count | Should -Be $before
    }

    It 'goes on after a bad item, and the error names the item' {
        $errors = $null
        $answers = 'one', '  ', 'three' | Invoke-AzOpenAIChat -Connection $key -ErrorAction SilentlyContinue -ErrorVariable errors
        @($answers).Count | Should -Be 2
        $errors.Count | Should -Be 1
        $errors[0].TargetObject | Should -Be '  '
    }

    It 'says that access is denied' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 403; match = @{ plane = 'data' } }
        try { $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' -Connection $key -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.Exception.StatusCode | Should -Be 403
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'waits out a throttle, and says so as verbose' {
        Add-EmulatorFault $emulator @{ kind = 'throttle'; seconds = 1; count = 1; match = @{ plane = 'data' } }
        try { $records = Invoke-AzOpenAIChat 'Hello' -Connection $key -Verbose -ErrorAction Stop 4>&1 }
        finally { Clear-EmulatorFault $emulator }
        @($records | Where-Object { $_ -is [AzOpenAI.ChatCompletion] }).Count | Should -Be 1
        @($records | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Count | Should -BeGreaterThan 0
    }

    It 'fails at once where the service asks for a longer wait than allowed' {
        Add-EmulatorFault $emulator @{ kind = 'throttle'; seconds = 600; match = @{ plane = 'data' } }
        try { $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' -Connection $key -MaxWaitSeconds 5 -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "WaitTooLong,$class"
        $failure.Exception.RetryAfter.TotalSeconds | Should -BeGreaterThan 500
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'keeps the text that came when the stream breaks off' {
        Add-EmulatorFault $emulator @{ kind = 'truncate'; afterChunks = 6; match = @{ plane = 'data' } }
        try { $failure = Get-Failure { Invoke-AzOpenAIChat 'one two three four five six seven' -Stream -Connection $key -MaxWaitSeconds 2 -ErrorAction Stop 6>$null } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -BeLike "*,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $failure.Exception.Partial | Should -BeOfType ([AzOpenAI.ChatCompletion])
        "$($failure.Exception.Partial)" | Should -Not -BeNullOrEmpty
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' -ForEach @(
        @{ Mode = '' }
        @{ Mode = '-Stream' }
        @{ Mode = '-StreamText' }
    ) {
        $stop = Measure-Stop $emulator "Invoke-AzOpenAIChat 'Hello' -Connection `$key $Mode" -Variable @{ key = $key } -Match @{ plane = 'data' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $victim = Start-AzOpenAIEmulator
        $victimId = New-TestResource $victim contoso -Deployment chat
        $victimKey = (Invoke-Arm $victim "$victimId/listKeys" -Method POST).Body.key1
        $kill = Measure-Kill $victim "Invoke-AzOpenAIChat 'Hello' -Endpoint `"`$(`$emulator.Uri)contoso`" -Key `$key -Deployment chat -MaxWaitSeconds 3" -Variable @{ key = $victimKey }
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

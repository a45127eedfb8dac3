BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $id = New-TestResource $emulator contoso -Deployment chat
    New-TestDeployment $emulator $id embed -Model text-embedding-3-small -Capacity 100
    $key = Get-AzOpenAIDeployment contoso embed | Get-AzOpenAIKey
    $class = 'AzOpenAI.Commands.GetAzOpenAIEmbeddingCommand'
    $tooLong = 'word ' * 8000

    function Get-EmbeddingCall { @(Get-EmulatorRequest $emulator | Where-Object { $_.path -like '*/embeddings*' }) }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIEmbedding' {
    BeforeEach { $null = Invoke-EmulatorControl $emulator requests -Method DELETE }

    It 'gives a typed object with an array of floats for each text, in one request' {
        $all = Get-AzOpenAIEmbedding 'the cat sat', 'the dog sat' -Connection $key
        $all | Should -HaveCount 2
        $all[0] | Should -BeOfType ([AzOpenAI.TextEmbedding])
        , $all[0].Embedding | Should -BeOfType ([float[]])
        $all[0].Dimensions | Should -Be 1536
        $all.Index | Should -Be 0, 1
        $all.Text | Should -Be 'the cat sat', 'the dog sat'
        $all[1].Input | Should -Be 'the dog sat'
        $all[0].Model | Should -Be 'text-embedding-3-small'
        $all[0].Deployment | Should -Be 'embed'
        $all[0].RequestId | Should -Not -BeNullOrEmpty
        ($all | Measure-Object PromptTokens -Sum).Sum | Should -BeGreaterThan 1
        "$($all[0])" | Should -Match '^\[-?0\.\d{4}, -?0\.\d{4}, -?0\.\d{4}, \.\.\.\] \(1536\)$'
        Get-EmbeddingCall | Should -HaveCount 1
    }

    It 'keeps the order of the pipeline over several batches and gives what one request for each gives' {
        $texts = 1..25 | ForEach-Object { "text number $_" }
        $all = @($texts | Get-AzOpenAIEmbedding -Connection $key -BatchSize 10)
        $all.Text | Should -Be $texts
        $all.Index | Should -Be (0..24)
        Get-EmbeddingCall | Should -HaveCount 3
        $alone = Get-AzOpenAIEmbedding 'text number 13' -Connection $key
        $alone.CosineSimilarity($all[12]) | Should -BeGreaterThan 0.999999
    }

    It 'begins with a small batch, from an argument as from the pipeline' {
        $texts = 1..40 | ForEach-Object { "text $_" }
        (Get-AzOpenAIEmbedding $texts -Connection $key).Text | Should -Be $texts
        Get-EmbeddingCall | Should -HaveCount 2
        ($texts | Get-AzOpenAIEmbedding -Connection $key).Index | Should -Be (0..39)
        Get-EmbeddingCall | Should -HaveCount 4
    }

    It 'sends no more tokens in a batch than it may' {
        $null = 1..6 | ForEach-Object { 'abcd' * 10 } | Get-AzOpenAIEmbedding -Connection $key -BatchTokens 25
        Get-EmbeddingCall | Should -HaveCount 3
    }

    It 'learns how much the deployment allows and sends no batch that could never pass' {
        New-TestDeployment $emulator $id small -Model text-embedding-3-small -Capacity 3
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ rateLimits = $true }
        try {
            $small = $key | ForEach-Object { $_.Connection }
            $texts = @('a') * 16 + @('abcd' * 2000) * 3
            # Each of the long texts fits into a minute, two of them do not: the first gets through, the next has to wait for longer than it may.
            $all = @($texts | Get-AzOpenAIEmbedding -Connection $small -Deployment small -MaxWaitSeconds 1 -ErrorVariable failures -ErrorAction SilentlyContinue)
            $all[16].Text.Length | Should -Be 8000
            @($failures.TargetObject)[-1].Length | Should -Be 8000 -Because 'a batch holds one long text'
        }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ rateLimits = $false } }
    }

    It 'takes the text of objects by property, of hashtables by key, and from a script block' {
        $rows = [pscustomobject]@{ Id = 1; Body = 'first' }, [pscustomobject]@{ Id = 2; Body = 'second' }
        $all = $rows | Get-AzOpenAIEmbedding -Property Body -Connection $key
        $all.Text | Should -Be 'first', 'second'
        $all[1].Input.Id | Should -Be 2
        (@{ Body = 'third' } | Get-AzOpenAIEmbedding -Property Body -Connection $key).Text | Should -Be 'third'
        $scripted = $rows | Get-AzOpenAIEmbedding -Property { "$($_.Id): $($_.Body)" } -Connection $key
        $scripted.Text | Should -Be '1: first', '2: second'
    }

    It 'takes a piped key, connection or deployment as the place to call' {
        ($key | Get-AzOpenAIEmbedding 'a', 'b').Text | Should -Be 'a', 'b'
        ($key.Connection | Get-AzOpenAIEmbedding 'a').Text | Should -Be 'a'
        (Get-AzOpenAIDeployment contoso embed | Get-AzOpenAIEmbedding 'a').Deployment | Should -Be 'embed'
        (Get-AzOpenAIEmbedding 'a' -Endpoint $key.ClassicEndpoint -Key $key.Key1 -Deployment embed -ApiVersion 2024-10-21).Dimensions | Should -Be 1536
        (Get-EmbeddingCall)[-1].path | Should -Match '/openai/deployments/embed/embeddings\?api-version=2024-10-21'
    }

    It 'shortens vectors, and refuses to compare those of another length' {
        $short = Get-AzOpenAIEmbedding 'a cat' -Dimensions 8 -Connection $key
        $short.Embedding.Count | Should -Be 8
        $long = Get-AzOpenAIEmbedding 'a cat' -Connection $key
        { $long.CosineSimilarity($short) } | Should -Throw '*1536 and 8 dimensions*'
    }

    It 'says what is near, also to a vector out of a file' {
        $cat, $dog, $tax = Get-AzOpenAIEmbedding 'the cat sat on the mat', 'the dog sat on the mat', 'income tax is due' -Connection $key
        $cat.CosineSimilarity($dog) | Should -BeGreaterThan $cat.CosineSimilarity($tax)
        $cat.CosineSimilarity($cat) | Should -BeGreaterThan 0.999999
        $kept = $cat | Select-Object Embedding | ConvertTo-Json -Compress | ConvertFrom-Json
        $cat.CosineSimilarity([float[]] $kept.Embedding) | Should -BeGreaterThan 0.99999
    }

    It 'shows a short preview, not the vector' {
        $lines = @(Get-AzOpenAIEmbedding "two`nlines" -Connection $key | Out-String -Width 100) -split '\r?\n' | Where-Object { $_.Trim() }
        $lines | Should -HaveCount 3
        $lines[0] | Should -Match 'Index\s+Dimensions\s+Embedding\s+Text'
        $lines[2] | Should -Match '0\s+1536 \[-?0\.\d{4}, .*\.\.\.\]\s+two lines'
    }

    It 'makes an empty text an error of its own' {
        $all = 'one', '', '  ', $null, 'two' | Get-AzOpenAIEmbedding -Connection $key -ErrorVariable failures -ErrorAction SilentlyContinue
        $all.Text | Should -Be 'one', 'two'
        $all.Index | Should -Be 0, 4
        @($failures).Count | Should -Be 3
        $failures[0].FullyQualifiedErrorId | Should -Be "EmbeddingTextEmpty,$class"
        $failures | ForEach-Object { Find-ErrorDefect $_ } | Should -BeNullOrEmpty
    }

    It 'finds the text that is too long and embeds the others' {
        $all = @('one', 'two', $tooLong, 'four', 'five') | Get-AzOpenAIEmbedding -Connection $key -ErrorVariable failures -ErrorAction SilentlyContinue
        $all.Text | Should -Be 'one', 'two', 'four', 'five'
        @($failures).Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be "ContextLengthExceeded,$class"
        $failures[0].TargetObject | Should -Be $tooLong
        $failures | ForEach-Object { Find-ErrorDefect $_ } | Should -BeNullOrEmpty
    }

    It 'does not try each text of a request that is wrong as a whole' {
        1..100 | Get-AzOpenAIEmbedding -Dimensions 99999 -Connection $key -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[-1].FullyQualifiedErrorId | Should -Be "RequestRejected,$class"
        "$($failures[-1])" | Should -Match 'dimensions'
        (Get-EmbeddingCall).Count | Should -BeLessThan 20
        @($failures | ForEach-Object TargetObject).Count | Should -Be 100
    }

    It 'names the inputs that got no vector when a request fails, and goes on' {
        Add-EmulatorFault $emulator @{ kind = 'error'; error = 'permission_denied'; count = 1; match = @{ path = '/embeddings' } }
        $all = 'a', 'b', 'c', 'd' | Get-AzOpenAIEmbedding -BatchSize 2 -Connection $key -ErrorVariable failures -ErrorAction SilentlyContinue
        $all.Text | Should -Be 'c', 'd'
        $failures[0].FullyQualifiedErrorId | Should -Be "RoleMissing,$class"
        $failures[0].TargetObject | Should -Be 'a', 'b'
    }

    It '<Name>' -ForEach @(
        @{ Name = 'says that there is no text'; Line = 'Get-AzOpenAIEmbedding -Connection $key'; Id = 'TextMissing' }
        @{ Name = 'says that a connection alone is no text'; Line = '$key | Get-AzOpenAIEmbedding'; Id = 'TextMissing' }
        @{ Name = 'says that a property is missing'; Line = '[pscustomobject]@{ A = 1 } | Get-AzOpenAIEmbedding -Property Body -Connection $key'; Id = 'EmbeddingPropertyMissing' }
        @{ Name = 'says that a script block threw'; Line = "1 | Get-AzOpenAIEmbedding -Property { throw 'no' } -Connection `$key"; Id = 'EmbeddingPropertyFailed' }
        @{ Name = 'refuses texts from two sides'; Line = "'a' | Get-AzOpenAIEmbedding 'b' -Connection `$key"; Id = 'ParameterConflict' }
        @{ Name = 'says that a deployment does not embed'; Line = "Get-AzOpenAIEmbedding 'a' -Connection `$key -Deployment chat"; Id = 'OperationNotSupported' }
        @{ Name = 'says that there is no such deployment'; Line = "Get-AzOpenAIEmbedding 'a' -Connection `$key -Deployment none"; Id = 'DeploymentNotFound' }
    ) {
        $failure = Get-Failure { & ([scriptblock]::Create("$Line -ErrorAction Stop")) }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'ends with the pipeline' {
        (1..1000 | Get-AzOpenAIEmbedding -BatchSize 10 -Connection $key | Select-Object -First 3).Index | Should -Be 0, 1, 2
        (Get-EmbeddingCall).Count | Should -BeLessOrEqual 2
    }

    It 'stops at once when the service does not answer' {
        $stop = Measure-Stop $emulator "1..500 | Get-AzOpenAIEmbedding -Connection `$key" -Variable @{ key = $key } -Match @{ plane = 'data' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Dropped | Should -BeTrue
        $stop.Errors | Should -BeNullOrEmpty
    }
}

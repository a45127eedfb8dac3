BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $id = New-TestResource $emulator contoso -Deployment chat
    $key = Get-AzOpenAIKey contoso
    $dated = New-AzOpenAIConnection dated "$($emulator.Uri)contoso/" -ApiVersion 2024-10-21 -EntraId
    $pasted = 'c4n4ry' + [guid]::NewGuid().ToString('N')
    $second = "`r`nContent-Length: 0`r`n`r`nDELETE /contoso/openai/v1/files/f HTTP/1.1`r`nHost: x`r`n`r`n"
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'One command' {
    It 'sends nothing for <case>' -ForEach @(
        @{ case = 'a content type with a line end'; id = 'ContentTypeInvalid'; call = { $key | Invoke-AzOpenAIRequest models -Method POST -Body x -ContentType "application/json$second" -ErrorAction Stop } }
        @{ case = 'a secret header with a line end'; id = 'HeaderInvalid'; call = { $key | Invoke-AzOpenAIRequest models -Header @{ 'X-Team' = ConvertTo-SecureString "$pasted$second" -AsPlainText } -ErrorAction Stop } }
        @{ case = 'the same on the management plane'; id = 'HeaderInvalid'; call = { Invoke-AzOpenAIRequest /subscriptions -Header @{ 'X-Team' = ConvertTo-SecureString "$pasted$second" -AsPlainText } -ErrorAction Stop } }
        @{ case = 'a length of its own'; id = 'HeaderInvalid'; call = { $key | Invoke-AzOpenAIChat hi -Deployment chat -ExtraHeader @{ 'Content-Length' = '0' } -ErrorAction Stop } }
        @{ case = 'a form field with a line end'; id = 'FormNameInvalid'; call = { $key | Invoke-AzOpenAIRequest files -Form @{ "a$second" = 'b' } -ErrorAction Stop } }
        @{ case = 'an API version with more of the query'; id = 'RequestApiVersionInvalid'; call = { Invoke-AzOpenAIRequest /subscriptions -ApiVersion '2022-09-01&x=evil' -ErrorAction Stop } }
        @{ case = 'the same in the path, escaped'; id = 'RequestApiVersionInvalid'; call = { Invoke-AzOpenAIRequest '/subscriptions?api-version=2022-09-01%26x%3Devil' -ErrorAction Stop } }
        @{ case = 'a deployment that leads upward'; id = 'NameInPathInvalid'; call = { $dated | Invoke-AzOpenAIChat hi -Deployment .. -ErrorAction Stop } }
        @{ case = 'an embedding of a deployment that leads nowhere'; id = 'NameInPathInvalid'; call = { $dated | Get-AzOpenAIEmbedding hi -Deployment . -ErrorAction Stop } }
        @{ case = 'a code sample with such a deployment'; id = 'NameInPathInvalid'; call = { $dated | Get-AzOpenAICodeSample -Deployment .. -ErrorAction Stop } }
        @{ case = 'a key with a line end in its middle'; id = 'KeyMalformed'; call = { Invoke-AzOpenAIChat hi -Endpoint "$($emulator.Uri)contoso/" -Key "$pasted`r`nX-Injected: 1" -Deployment chat -ErrorAction Stop } }
        @{ case = 'an absolute address elsewhere'; id = 'RequestHostForeign'; call = { $key | Invoke-AzOpenAIRequest "https://user:$pasted@evil.example/openai/v1/models?code=$pasted" -ErrorAction Stop } }
        @{ case = 'an address elsewhere with a token'; id = 'RequestHostForeign'; call = { $dated | Invoke-AzOpenAIRequest https://evil.example/openai/models -ErrorAction Stop } }
        @{ case = 'an endpoint with a password'; id = 'EndpointInvalid'; call = { Invoke-AzOpenAIChat hi -Endpoint "https://user:$pasted@contoso.openai.azure.com" -Key k -Deployment chat -ErrorAction Stop } }
        @{ case = 'an endpoint with a password, without a scheme'; id = 'EndpointInvalid'; call = { New-AzOpenAIConnection x "user:$pasted@host" -Key k -ErrorAction Stop } }
        @{ case = 'a key pasted as an endpoint'; id = 'EndpointInvalid'; call = { Invoke-AzOpenAIChat hi -Endpoint $pasted -Key k -Deployment chat -ErrorAction Stop } }
        @{ case = 'a key pasted as a connection'; id = 'ConnectionNotFound'; call = { Invoke-AzOpenAIChat hi -Connection $pasted -ErrorAction Stop } }
        @{ case = 'a key pasted into Get'; id = 'ConnectionNotFound'; call = { Get-AzOpenAIConnection $pasted -ErrorAction Stop } }
        @{ case = 'a key pasted into Set'; id = 'ConnectionNotFound'; call = { Set-AzOpenAIConnection $pasted -Deployment d -ErrorAction Stop } }
        @{ case = 'a key pasted into Remove'; id = 'ConnectionNotFound'; call = { Remove-AzOpenAIConnection $pasted -ErrorAction Stop } }
        @{ case = 'a key pasted into a code sample'; id = 'ConnectionNotFound'; call = { Get-AzOpenAICodeSample -Connection $pasted -ErrorAction Stop } }
        @{ case = 'an emulator with a password'; id = 'EmulatorNotOnLoopback'; call = { Connect-AzOpenAI -Emulator -EmulatorUri "http://user:$pasted@127.0.0.1:9/" -ErrorAction Stop } }
        @{ case = 'a cloud with a password'; id = 'EndpointInvalid'; call = { Connect-AzOpenAI -ManagementEndpoint "https://user:$pasted@arm.example/" -ErrorAction Stop } }
    ) {
        $before = @(Get-EmulatorRequest $emulator).Count
        $failure = Get-Failure $call
        $failure.FullyQualifiedErrorId | Should -Match "^$id,"
        "$failure $($failure.Exception) $($failure.Exception.Suggestion) $($failure.TargetObject)" | Should -Not -Match $pasted
        "$failure $($failure.TargetObject)" | Should -Not -Match '[\r\n]'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
    }

    It 'does not repeat a query or a password in what it would do' {
        $said = $key | Invoke-AzOpenAIRequest "files/f?code=$pasted" -Method DELETE -WhatIf -Verbose *>&1 | Out-String
        $said | Should -Not -Match $pasted
    }

    It 'takes a key with a line end behind it' {
        (Invoke-AzOpenAIChat hi -Endpoint "$($emulator.Uri)contoso/" -Key "$([pscredential]::new('x', $key.Key1).GetNetworkCredential().Password)`r`n" -Deployment chat).Content | Should -Not -BeNullOrEmpty
    }

    It 'takes a secret header with a space in it' {
        (Invoke-AzOpenAIChat hi -Connection ($key.Connection) -Deployment chat -ExtraHeader @{ 'X-Team' = ConvertTo-SecureString 'red blue' -AsPlainText }).Content | Should -Not -BeNullOrEmpty
    }
}

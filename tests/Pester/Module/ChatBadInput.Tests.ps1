BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    New-TestDeployment $emulator $contosoId classic -Model gpt-4o
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $plain = (Invoke-Arm $emulator "$contosoId/listKeys" -Method POST).Body.key1
    $chat = @{ Connection = $key; MaxWaitSeconds = 1; ErrorAction = 'Stop' }

    # One clear error with an id that the help page explains; no secret in it.
    function Assert-Error($Failure, [string] $Id) {
        $Failure.FullyQualifiedErrorId | Should -Be "$Id,AzOpenAI.Commands.InvokeAzOpenAIChatCommand" -Because "$Failure"
        Find-ErrorDefect $Failure | Should -BeNullOrEmpty
        "$Failure $($Failure.Exception)" | Should -Not -Match ([regex]::Escape($plain))
        $page = [IO.File]::ReadAllText([IO.Path]::Combine((Get-RepositoryRoot), 'module', 'help', 'en-US', 'Invoke-AzOpenAIChat.md'))
        $page.Contains("`n- **$Id**: ") | Should -BeTrue -Because "the help page explains $Id"
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'An error of the service' {
    AfterEach { Clear-EmulatorFault $emulator }

    It '<Name> is <Id>' -ForEach @(
        @{ Name = 'deployment_not_found'; Id = 'DeploymentNotFound' }
        @{ Name = 'resource_not_found'; Id = 'PathNotFound' }
        @{ Name = 'api_version'; Id = 'ApiVersionRejected' }
        @{ Name = 'model_api_version'; Id = 'ApiVersionRejected' }
        @{ Name = 'operation_not_supported'; Id = 'OperationNotSupported' }
        @{ Name = 'context_length'; Id = 'ContextLengthExceeded' }
        @{ Name = 'content_filter'; Id = 'ContentFiltered' }
        @{ Name = 'content_filter_gateway'; Id = 'ContentFiltered' }
        @{ Name = 'on_your_data'; Id = 'RequestRejected' }
        @{ Name = 'invalid_key'; Id = 'InvalidKey' }
        @{ Name = 'invalid_token'; Id = 'InvalidKey' }
        @{ Name = 'permission_denied'; Id = 'RoleMissing' }
        @{ Name = 'missing_data_action'; Id = 'RoleMissing' }
        @{ Name = 'missing_subscription_key'; Id = 'InvalidKey' }
        @{ Name = 'keys_disabled'; Id = 'KeysDisabled' }
        @{ Name = 'firewall'; Id = 'NetworkAccessDenied' }
        @{ Name = 'public_access'; Id = 'NetworkAccessDenied' }
        @{ Name = 'virtual_network'; Id = 'NetworkAccessDenied' }
        @{ Name = 'timeout'; Id = 'ServiceBusy' }
        @{ Name = 'too_large'; Id = 'RequestTooLarge' }
        @{ Name = 'failed_dependency'; Id = 'RequestRejected' }
        @{ Name = 'rate_limit'; Id = 'WaitTooLong' }
        @{ Name = 'rate_limit_tokens'; Id = 'WaitTooLong' }
        @{ Name = 'capacity'; Id = 'WaitTooLong' }
        @{ Name = 'server_error'; Id = 'ServiceError' }
        @{ Name = 'internal_error'; Id = 'ServiceError' }
        @{ Name = 'unavailable'; Id = 'ServiceBusy' }
        @{ Name = 'gateway_timeout'; Id = 'ServiceBusy' }
        @{ Name = 'openai_invalid_api_key'; Id = 'InvalidKey' }
        @{ Name = 'openai_model_not_found'; Id = 'ModelNotFound' }
    ) {
        Add-EmulatorFault $emulator @{ kind = 'error'; error = $Name; seconds = 60; match = @{ plane = 'data' } }
        foreach ($stream in $false, $true) {
            $failure = Get-Failure { Invoke-AzOpenAIChat 'Hello' @chat -Stream:$stream 6>$null }
            Assert-Error $failure $Id
            $failure.Exception.StatusCode | Should -BeGreaterOrEqual 400
        }
    }

    It 'keeps the findings of the filter' {
        $failure = Get-Failure { Invoke-AzOpenAIChat '[[filter:hate]]' @chat }
        Assert-Error $failure ContentFiltered
        ($failure.Exception.Partial | Where-Object Filtered).Category | Should -Be 'hate'
    }
}

Describe 'Something that is not the service' {
    AfterEach { Clear-EmulatorFault $emulator }

    It '<Case> is <Id>' -ForEach @(
        @{ Case = 'a web page with 200'; Id = 'InvalidResponse'; Fault = @{ kind = 'html'; status = 200 } }
        @{ Case = 'a web page with 403'; Id = 'AccessDenied'; Fault = @{ kind = 'html'; status = 403 } }
        @{ Case = 'a redirect to a sign-in page'; Id = 'RedirectRefused'; Fault = @{ kind = 'redirect'; status = 302; headers = @{ Location = 'https://login.example.com/' } } }
        @{ Case = 'garbage'; Id = 'InvalidResponse'; Fault = @{ kind = 'garbage' } }
        @{ Case = 'half a body'; Id = 'InvalidResponse'; Fault = @{ kind = 'truncate' } }
    ) {
        Add-EmulatorFault $emulator ($Fault + @{ match = @{ plane = 'data' } })
        Assert-Error (Get-Failure { Invoke-AzOpenAIChat 'Hello' @chat }) $Id
    }

    It 'a stream with <Case> is <Id> and keeps the text' -ForEach @(
        @{ Case = 'an error in its middle'; Id = 'ChatStreamFailed'; Fault = @{ kind = 'stream-error' } }
        @{ Case = 'an event that is no JSON'; Id = 'ChatStreamFailed'; Fault = @{ kind = 'garbage' } }
        @{ Case = 'no end'; Id = 'ChatStreamTruncated'; Fault = @{ kind = 'truncate' } }
        @{ Case = 'a connection that breaks'; Id = 'ChatStreamTruncated'; Fault = @{ kind = 'drop' } }
    ) {
        # A reset throws away what the other side has not read yet: it comes after a pause.
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ chunkDelayMs = 50 }
        Add-EmulatorFault $emulator ($Fault + @{ afterChunks = 3; match = @{ plane = 'data' } })
        $shown = [Text.StringBuilder]::new()
        $failure = Get-Failure {
            Invoke-AzOpenAIChat 'one two three four five' -Stream @chat 6>&1 |
                ForEach-Object { if ($_ -is [System.Management.Automation.InformationRecord]) { $null = $shown.Append($_.MessageData.Message) } }
        }
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ chunkDelayMs = 0 }
        Assert-Error $failure $Id
        $failure.Exception.Partial.Content | Should -Match '^You said: one'
        "$shown" | Should -Be $failure.Exception.Partial.Content
    }

    It 'takes unknown events and fields as nothing' {
        Add-EmulatorFault $emulator @{ kind = 'unknown-events'; match = @{ plane = 'data' } }
        Add-EmulatorFault $emulator @{ kind = 'unknown-fields'; match = @{ plane = 'data' } }
        (Invoke-AzOpenAIChat 'one two' @chat -Stream 6>$null).Content | Should -Be 'You said: one two'
    }
}

Describe 'A mistake of the caller' {
    It '<Case> is <Id>, and nothing is sent' -ForEach @(
        @{ Case = 'an endpoint without a scheme that is no host'; Id = 'EndpointInvalid'; Call = { Invoke-AzOpenAIChat 'x' -Endpoint 'not a host' -Key k -Deployment chat -ErrorAction Stop } }
        @{ Case = 'an endpoint by ftp'; Id = 'EndpointInvalid'; Call = { Invoke-AzOpenAIChat 'x' -Endpoint 'ftp://contoso.openai.azure.com' -Key k -Deployment chat -ErrorAction Stop } }
        @{ Case = 'plain http beyond this machine'; Id = 'EndpointInsecure'; Call = { Invoke-AzOpenAIChat 'x' -Endpoint 'http://contoso.openai.azure.com' -Key k -Deployment chat -ErrorAction Stop } }
        @{ Case = 'a key with a line break in it'; Id = 'KeyMalformed'; Call = { Invoke-AzOpenAIChat 'x' -Endpoint $key.Endpoint -Key "abc`ndef" -Deployment chat -ErrorAction Stop } }
        @{ Case = 'an empty message'; Id = 'MessageMissing'; Call = { Invoke-AzOpenAIChat '' @chat } }
        @{ Case = 'an unknown role'; Id = 'MessageInvalid'; Call = { Invoke-AzOpenAIChat @{ role = 'bot'; content = 'x' } @chat } }
        @{ Case = 'texts among messages'; Id = 'MessageInvalid'; Call = { , @(@{ role = 'user'; content = 'x' }, 'y') | Invoke-AzOpenAIChat @chat } }
        @{ Case = 'bytes that are no image'; Id = 'ImageInvalid'; Call = { Invoke-AzOpenAIChat 'x' -Image ([byte[]](1..64)) @chat } }
        @{ Case = 'an image of another kind'; Id = 'ImageInvalid'; Call = { Invoke-AzOpenAIChat 'x' -Image ([byte[]][char[]]'BM0000') @chat } }
        @{ Case = 'an image that is too large'; Id = 'ImageInvalid'; Call = { $large = [byte[]]::new(21MB); ([byte[]](0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A)).CopyTo($large, 0); Invoke-AzOpenAIChat 'x' -Image $large @chat } }
        @{ Case = 'a data address that is none'; Id = 'ImageInvalid'; Call = { Invoke-AzOpenAIChat 'x' -Image 'data:image/png;base64,%%%' @chat } }
        @{ Case = 'an image that is not there'; Id = 'FileUnreadable'; Call = { Invoke-AzOpenAIChat 'x' -Image nowhere.png @chat } }
        @{ Case = 'an image that is a folder'; Id = 'FileUnreadable'; Call = { Invoke-AzOpenAIChat 'x' -Image $TestDrive @chat } }
        @{ Case = 'a path outside of the file system'; Id = 'FileUnreadable'; Call = { Invoke-AzOpenAIChat 'x' -Image Env:/PATH @chat } }
        @{ Case = 'a binary file'; Id = 'FileUnsupported'; Call = { $path = Join-Path $TestDrive 'b.bin'; [IO.File]::WriteAllBytes($path, [byte[]](0..9)); Invoke-AzOpenAIChat 'x' -File $path @chat } }
        @{ Case = 'a schema that is no JSON'; Id = 'SchemaInvalid'; Call = { Invoke-AzOpenAIChat 'x' -Schema '{"type":' @chat } }
        @{ Case = 'a schema that is none'; Id = 'SchemaInvalid'; Call = { Invoke-AzOpenAIChat 'x' -Schema @{ city = 'string' } @chat } }
        @{ Case = 'a schema with an unknown type'; Id = 'SchemaInvalid'; Call = { Invoke-AzOpenAIChat 'x' -Schema @{ type = 'text' } @chat } }
        @{ Case = 'a schema file that is not there'; Id = 'FileUnreadable'; Call = { Invoke-AzOpenAIChat 'x' -Schema nowhere.json @chat } }
        @{ Case = 'a type without properties'; Id = 'SchemaTypeUnsupported'; Call = { Invoke-AzOpenAIChat 'x' -As ([hashtable]) @chat } }
        @{ Case = 'an extra body that is no object'; Id = 'ExtraBodyInvalid'; Call = { Invoke-AzOpenAIChat 'x' -ExtraBody '[1]' @chat } }
        @{ Case = 'a header with a line break'; Id = 'HeaderInvalid'; Call = { Invoke-AzOpenAIChat 'x' -ExtraHeader @{ 'x-a' = "1`n2" } @chat } }
        @{ Case = 'pieces of an object'; Id = 'ParameterConflict'; Call = { Invoke-AzOpenAIChat 'x' -StreamText -Schema @{ type = 'string' } @chat } }
        @{ Case = 'pieces of several choices'; Id = 'ParameterConflict'; Call = { Invoke-AzOpenAIChat 'x' -StreamText -N 2 @chat } }
    ) {
        $before = @(Get-EmulatorRequest $emulator | Where-Object plane -EQ data).Count
        Assert-Error (Get-Failure $Call) $Id
        @(Get-EmulatorRequest $emulator | Where-Object plane -EQ data).Count | Should -Be $before
    }

    It 'a message that is too long for the model is one error with the numbers' {
        $failure = Get-Failure { Invoke-AzOpenAIChat ('word ' * 700000) -Deployment classic @chat }
        Assert-Error $failure ContextLengthExceeded
        $failure.Exception.Message | Should -Match '\d{5}'
    }

    It 'a mistake in a parameter is told once, not for each input' {
        $errors = $null
        try { 1..5 | Invoke-AzOpenAIChat -Schema @{ type = 'text' } -Connection $key -ErrorVariable errors -ErrorAction SilentlyContinue } catch { $null = $_ }
        @($errors | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -or $_ -is [System.Management.Automation.CmdletInvocationException] }).Count | Should -Be 1
    }
}

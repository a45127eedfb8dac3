BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $id = New-TestResource $emulator contoso -Deployment chat
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $class = 'AzOpenAI.Commands.InvokeAzOpenAIRequestCommand'
    $ask = @{ messages = @(@{ role = 'user'; content = 'Hello' }) }
    $data = @{ plane = 'data' }

    function Get-Call([string] $Plane = 'data') { @(Get-EmulatorRequest $emulator | Where-Object plane -EQ $Plane) }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Invoke-AzOpenAIRequest on the data plane' {
    BeforeEach { $null = Invoke-EmulatorControl $emulator requests -Method DELETE }
    AfterEach { Clear-EmulatorFault $emulator }

    It 'reads a path as objects' {
        $list = Invoke-AzOpenAIRequest models -Connection $key
        $list.object | Should -Be 'list'
        $list.data.id | Should -Contain 'gpt-5-mini-2025-08-07'
        (Get-Call)[0].method | Should -Be 'GET'
    }

    It 'gets the same answer on the v1 API and on a dated version, with the deployment where each wants it' {
        (Invoke-AzOpenAIRequest chat/completions -Body $ask -Connection $key).choices[0].message.content | Should -Be 'You said: Hello'
        (Invoke-AzOpenAIRequest chat/completions -Body $ask -Connection $key -ApiVersion 2024-10-21).choices[0].message.content | Should -Be 'You said: Hello'
        (Get-Call).path | Should -Be '/contoso/openai/v1/chat/completions', '/contoso/openai/deployments/chat/chat/completions?api-version=2024-10-21'
        (Get-Call).method | Should -Be 'POST', 'POST'
        $ask.Keys | Should -Be 'messages' -Because 'what the user wrote stays as it is'
    }

    It 'takes a body as object, JSON, bytes and from the pipeline, one call for each' {
        $json = $ask + @{ model = 'chat' } | ConvertTo-Json -Depth 5
        $bodies = [pscustomobject] $ask, $json, [Text.Encoding]::UTF8.GetBytes($json)
        foreach ($body in $bodies) { (Invoke-AzOpenAIRequest chat/completions -Body $body -ContentType application/json -Connection $key).choices[0].message.content | Should -Be 'You said: Hello' }
        ($ask, $json | Invoke-AzOpenAIRequest chat/completions -Connection $key).choices.message.content | Should -Be 'You said: Hello', 'You said: Hello'
        ($key | Invoke-AzOpenAIRequest chat/completions -Body $ask).choices[0].message.content | Should -Be 'You said: Hello'
    }

    It 'gives hashtables, text, status and headers where they are wanted' {
        $map = Invoke-AzOpenAIRequest models -AsHashtable -Connection $key
        , $map | Should -BeOfType ([System.Collections.IDictionary])
        $map['data'][0]['object'] | Should -Be 'model'
        Invoke-AzOpenAIRequest models -Raw -Connection $key | Should -Match '^\{"object":"list"'
        $whole = Invoke-AzOpenAIRequest models -IncludeHeader -Connection $key
        $whole | Should -BeOfType ([AzOpenAI.ServiceResponse])
        $whole.StatusCode | Should -Be 200
        $whole.Headers['X-MS-Region'] | Should -Be 'Sweden Central'
        $whole.RequestId | Should -Be $whole.Headers['apim-request-id']
        $whole.Content.object | Should -Be 'list'
    }

    It 'gives each event of a stream as an object when it is there' {
        $events = @(Invoke-AzOpenAIRequest chat/completions -Body ($ask + @{ stream = $true }) -Connection $key)
        -join ($events.choices.delta | Where-Object { $_.psobject.Properties['content'] }).content | Should -Be 'You said: Hello'
        $events | ForEach-Object { $_ | Should -Not -Be '[DONE]' }
        $raw = @(Invoke-AzOpenAIRequest chat/completions -Body ($ask + @{ stream = $true }) -Raw -Connection $key)
        $raw[0] | Should -Match '^\{"choices":\[\]'
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ chunkCount = 200; chunkDelayMs = 20 }
        try {
            $null = Invoke-AzOpenAIRequest chat/completions -Body ($ask + @{ stream = $true }) -Connection $key | Select-Object -First 2
            Wait-Until { (Get-Call)[-1].dropped } -Seconds 10 | Should -BeTrue
        }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ chunkCount = $null; chunkDelayMs = 0 } }
    }

    It 'puts an answer into a file, whole or not at all' {
        $file = Join-Path $TestDrive 'models.json'
        Set-Content $file 'what was there'
        Add-EmulatorFault $emulator @{ kind = 'drop'; match = $data }
        $failure = Get-Failure { Invoke-AzOpenAIRequest models -OutFile $file -MaxWaitSeconds 1 -Connection $key -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
        Get-Content $file | Should -Be 'what was there'
        Clear-EmulatorFault $emulator
        Invoke-AzOpenAIRequest models -OutFile $file -Connection $key | Should -BeNullOrEmpty
        (Get-Content $file -Raw | ConvertFrom-Json).object | Should -Be 'list'
        @(Get-ChildItem $TestDrive -Filter '*.partial') | Should -HaveCount 0
    }

    # Skipped on Windows, which has no file modes.
    It 'makes a file with the mode of any new file, and keeps the mode of one that is there' -Skip:$IsWindows {
        $other = Join-Path $TestDrive 'other.json'
        $file = Join-Path $TestDrive 'new.json'
        [IO.File]::WriteAllText($other, '')
        Invoke-AzOpenAIRequest models -OutFile $file -Connection $key
        [IO.File]::GetUnixFileMode($file) | Should -Be ([IO.File]::GetUnixFileMode($other))
        foreach ($mode in [IO.UnixFileMode]'UserRead, UserWrite', [IO.UnixFileMode]'UserRead, UserWrite, GroupRead, GroupWrite') {
            [IO.File]::SetUnixFileMode($file, $mode)
            Invoke-AzOpenAIRequest models -OutFile $file -Connection $key
            [IO.File]::GetUnixFileMode($file) | Should -Be $mode
        }
    }

    It 'sends a file and a form' {
        $file = Join-Path $TestDrive 'ask.json'
        $ask + @{ model = 'chat' } | ConvertTo-Json -Depth 5 | Set-Content $file
        (Invoke-AzOpenAIRequest chat/completions -InFile $file -Connection $key).choices[0].message.content | Should -Be 'You said: Hello'
        # The emulator has no files: that the path is reached with the form is what can be seen here.
        $failure = Get-Failure { Invoke-AzOpenAIRequest files -Form @{ purpose = 'batch'; file = Get-Item $file } -Connection $key -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "PathNotFound,$class"
        (Get-Call)[-1].method | Should -Be 'POST'
    }

    It 'returns the items of a list with -All' {
        $items = @(Invoke-AzOpenAIRequest models -All -Connection $key)
        $items.Count | Should -BeGreaterThan 3
        $items[0].object | Should -Be 'model'
    }

    It 'tries again as every command does' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 503; count = 1; headers = @{ 'retry-after-ms' = '1' }; match = $data }
        (Invoke-AzOpenAIRequest models -Connection $key).object | Should -Be 'list'
        (Get-Call).status | Should -Be 503, 200
    }

    It 'does not repeat what may have been carried out' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 503; match = $data }
        $failure = Get-Failure { Invoke-AzOpenAIRequest batches -Body @{ a = 1 } -Connection $key -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ServiceBusy,$class"
        Get-Call | Should -HaveCount 1
    }

    It 'sends the key nowhere but below the endpoint: <_>' -ForEach 'https://evil.example/openai/v1/models', 'http://127.0.0.1:9/contoso/openai/v1/models', '../../../fabrikam/openai/v1/models', '/openai/../../fabrikam/x' {
        $failure = Get-Failure { Invoke-AzOpenAIRequest $_ -Connection $key -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "RequestHostForeign,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-Call | Should -HaveCount 0
    }

    It 'takes an address below the endpoint' {
        (Invoke-AzOpenAIRequest "$($key.ClassicEndpoint)openai/v1/models" -Connection $key).object | Should -Be 'list'
    }

    It 'sends nothing but reads under -WhatIf' {
        Invoke-AzOpenAIRequest chat/completions -Body $ask -WhatIf -Connection $key | Should -BeNullOrEmpty
        Get-Call | Should -HaveCount 0
        (Invoke-AzOpenAIRequest models -WhatIf -Connection $key).object | Should -Be 'list'
    }

    It 'makes a page of HTML an error, and text with -Raw' {
        Add-EmulatorFault $emulator @{ kind = 'html'; status = 200; match = $data }
        $failure = Get-Failure { Invoke-AzOpenAIRequest models -Connection $key -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "InvalidResponse,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Invoke-AzOpenAIRequest models -Raw -Connection $key | Should -Match '<html'
    }

    It '<Name>' -ForEach @(
        @{ Name = 'says that there is no such path'; Line = 'Invoke-AzOpenAIRequest nothing/here -Connection $key'; Id = 'PathNotFound' }
        @{ Name = 'says that the service refuses the body'; Line = "Invoke-AzOpenAIRequest chat/completions -Body '{' -Connection `$key"; Id = 'RequestRejected' }
        @{ Name = 'says that a path is none'; Line = "Invoke-AzOpenAIRequest 'models#x' -Connection `$key"; Id = 'RequestPathInvalid' }
        @{ Name = 'says that a file is not there'; Line = 'Invoke-AzOpenAIRequest files -InFile nowhere.bin -Connection $key'; Id = 'FileUnreadable' }
        @{ Name = 'says that a folder is not there'; Line = 'Invoke-AzOpenAIRequest models -OutFile nowhere/x.json -Connection $key'; Id = 'RequestFileFailed' }
        @{ Name = 'says that a header cannot be sent'; Line = "Invoke-AzOpenAIRequest models -Header @{ 'a b' = 1 } -Connection `$key"; Id = 'HeaderInvalid' }
        @{ Name = 'refuses a read with a body'; Line = 'Invoke-AzOpenAIRequest models -Method GET -Body @{} -Connection $key'; Id = 'ParameterConflict' }
        @{ Name = 'refuses two bodies'; Line = '@{} | Invoke-AzOpenAIRequest models -Body @{} -Connection $key'; Id = 'ParameterConflict' }
        @{ Name = 'refuses to wait for an answer of the data plane'; Line = 'Invoke-AzOpenAIRequest models -Wait -Connection $key'; Id = 'ParameterConflict' }
        @{ Name = 'says that a wrong key is one'; Line = "Invoke-AzOpenAIRequest models -Endpoint `$key.Endpoint -Key ('x' * 32)"; Id = 'InvalidKey' }
    ) {
        $failure = Get-Failure { & ([scriptblock]::Create("$Line -ErrorAction Stop")) }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'stops at once when the service does not answer' {
        $stop = Measure-Stop $emulator 'Invoke-AzOpenAIRequest models -Connection $key' -Variable @{ key = $key } -Match $data
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Dropped | Should -BeTrue
        $stop.Errors | Should -BeNullOrEmpty
    }
}

Describe 'Invoke-AzOpenAIRequest on Azure Resource Manager' {
    BeforeEach {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        Clear-EmulatorWrite $emulator
    }
    AfterEach {
        Clear-EmulatorFault $emulator
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 250 }
    }

    It 'reads a resource id with the api-version of the module' {
        (Invoke-AzOpenAIRequest $id).name | Should -Be 'contoso'
        (Get-Call management)[-1].path | Should -Match 'api-version=2025-06-01$'
        (Invoke-AzOpenAIRequest "$id/deployments/chat").properties.model.name | Should -Be 'gpt-5-mini'
        (Get-Call management)[-1].path | Should -Match 'api-version=2025-12-01$'
        (Invoke-AzOpenAIRequest '/subscriptions').value.subscriptionId | Should -Contain $emulator.SubscriptionId
        (Invoke-AzOpenAIRequest $id -ApiVersion 2024-10-01).name | Should -Be 'contoso'
        (Get-Call management)[-1].path | Should -Match 'api-version=2024-10-01$'
    }

    It 'puts the subscription of the context in and takes a query' {
        (Invoke-AzOpenAIRequest '/subscriptions/{subscriptionId}/resourcegroups' -Query @{ '$top' = 1 }).value[0].name | Should -Be 'rg'
        (Get-Call management)[-1].path | Should -Match "/subscriptions/$($emulator.SubscriptionId)/resourcegroups\?api-version=[^&]+&%24top=1"
        (Invoke-AzOpenAIRequest "$($emulator.Uri)subscriptions/{subscriptionId}").subscriptionId | Should -Be $emulator.SubscriptionId
    }

    It 'follows the pages of a list' {
        New-TestDeployment $emulator $id second
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 1 }
        (Invoke-AzOpenAIRequest "$id/deployments" -All).name | Should -Be 'chat', 'second'
        @((Invoke-AzOpenAIRequest "$id/deployments").value) | Should -HaveCount 1
    }

    It 'waits for a change with -Wait and returns the object' {
        Add-EmulatorFault $emulator @{ kind = 'slow-operation'; seconds = 1; count = 1; match = @{ method = 'PUT' } }
        $body = @{ sku = @{ name = 'GlobalStandard'; capacity = 1 }; properties = @{ model = @{ format = 'OpenAI'; name = 'gpt-5-mini' } } }
        (Invoke-AzOpenAIRequest "$id/deployments/third" -Method PUT -Body $body -Wait).properties.provisioningState | Should -Be 'Succeeded'
        Add-EmulatorFault $emulator @{ kind = 'slow-operation'; seconds = 1; count = 1; match = @{ method = 'PUT' } }
        $body.sku.capacity = 2
        (Invoke-AzOpenAIRequest "$id/deployments/third" -Method PUT -Body $body).properties.provisioningState | Should -Not -Be 'Succeeded'
    }

    It 'works with the context that is given, in another runspace' {
        $context = Get-AzOpenAIContext
        Start-ThreadJob { Import-Module $using:modulePath; (Invoke-AzOpenAIRequest $using:id -Context $using:context).name } -ArgumentList ($modulePath = Get-ModulePath) |
            Receive-Job -Wait -AutoRemoveJob | Should -Be 'contoso'
    }

    It '<Name>' -ForEach @(
        @{ Name = 'says that there is no such resource'; Line = 'Invoke-AzOpenAIRequest "$($id)x"'; ErrorId = 'ResourceNotFound' }
        @{ Name = 'says that the api-version of other providers is not known'; Line = "Invoke-AzOpenAIRequest '/subscriptions/{subscriptionId}/providers/Microsoft.Foo/bars'"; ErrorId = 'RequestApiVersionMissing' }
        @{ Name = 'refuses a form'; Line = 'Invoke-AzOpenAIRequest $id -Form @{ a = 1 }'; ErrorId = 'ParameterConflict' }
    ) {
        $failure = Get-Failure { & ([scriptblock]::Create("$Line -ErrorAction Stop")) }
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'writes nothing under -WhatIf' {
        Invoke-AzOpenAIRequest "$id/deployments/chat" -Method DELETE -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'says what a missing right is' {
        Add-EmulatorDenial $emulator
        $failure = Get-Failure { Invoke-AzOpenAIRequest $id -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
    }

    It 'stops at once when Azure Resource Manager does not answer' {
        $stop = Measure-Stop $emulator "Invoke-AzOpenAIRequest '$id'" -Match @{ plane = 'management'; path = '/accounts/' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Dropped | Should -BeTrue
    }
}

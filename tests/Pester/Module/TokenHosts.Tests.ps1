BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Deployment chat, embed
    $names = 'AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_KEY', 'AZURE_OPENAI_DEPLOYMENT', 'OPENAI_API_VERSION', 'OPENAI_BASE_URL', 'OPENAI_API_BASE', 'OPENAI_API_KEY'
    $kept = @{}
    foreach ($name in $names) { $kept[$name] = [Environment]::GetEnvironmentVariable($name); [Environment]::SetEnvironmentVariable($name, $null) }
}

AfterAll {
    foreach ($name in $names) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
    Stop-AzOpenAIEmulator
}

Describe 'A token of Entra ID, without a context' -Skip:$IsWindows {
    BeforeAll {
        # An az that leaves a trace: nobody may even ask it for a token.
        $bin = (New-Item -ItemType Directory (Join-Path $TestDrive bin)).FullName
        $trace = Join-Path $TestDrive trace
        "#!/bin/sh`necho asked >> '$trace'`necho '{`"accessToken`":`"canary`",`"expiresOn`":`"2099-01-01 00:00:00.000000`"}'" | Set-Content (Join-Path $bin az)
        chmod +x (Join-Path $bin az)
        $path = $env:PATH
        $env:PATH = "$bin$([IO.Path]::PathSeparator)$path"
        Disconnect-AzOpenAI
    }

    AfterAll {
        $env:PATH = $path
        $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri
    }

    It 'does not go to <endpoint>' -ForEach @(
        @{ endpoint = 'https://contoso.openai.azure.com.evil.example/openai/v1/' }
        @{ endpoint = 'https://evil.example/openai/deployments/d' }
        @{ endpoint = 'https://10.0.0.1/openai/v1' }
        @{ endpoint = 'https://contoso.azure-api.net/ai' }
        @{ endpoint = 'https://contoso.openai.azure.com:8443' }
    ) {
        $site = ([uri]$endpoint).Host
        foreach ($call in @(
                { Invoke-AzOpenAIChat hi -Deployment d -Endpoint $endpoint -ErrorAction Stop }
                { Invoke-AzOpenAICompletion hi -Deployment d -Endpoint $endpoint -ErrorAction Stop }
                { Get-AzOpenAIEmbedding hi -Deployment d -Endpoint $endpoint -ErrorAction Stop }
                { Invoke-AzOpenAIRequest models -Endpoint $endpoint -ErrorAction Stop }
                { New-AzOpenAIConnection x $endpoint -ErrorAction Stop }
                { Invoke-AzOpenAIChat hi -Connection ([AzOpenAI.Connection]@{ Endpoint = [uri]"https://$site/"; Authentication = 'EntraId' }) -Deployment d -ErrorAction Stop }
                { $env:AZURE_OPENAI_ENDPOINT = $endpoint; try { Invoke-AzOpenAIChat hi -Deployment d -ErrorAction Stop } finally { Remove-Item Env:/AZURE_OPENAI_ENDPOINT } }
            )) {
            if ("$call" -match 'AzOpenAI.Connection' -and $endpoint -match '8443') { continue }
            $failure = Get-Failure $call
            $failure.FullyQualifiedErrorId | Should -Match '^EntraTokenHostForeign,' -Because "$call"
            "$failure" | Should -Match ([regex]::Escape($site))
            "$failure" | Should -Match '-Key.*-UseEntraId'
            Find-ErrorDefect $failure | Should -BeNullOrEmpty
        }
        Test-Path $trace | Should -BeFalse
    }

    It 'goes nowhere with a switch that cannot be meant' {
        (Get-Failure { Invoke-AzOpenAIChat hi -Deployment d -Endpoint https://api.openai.com/v1 -UseEntraId -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^EntraTokenNotSupported,'
        (Get-Failure { Invoke-AzOpenAIChat hi -Deployment d -Endpoint https://evil.example/openai/v1 -Key k -UseEntraId -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^ConnectionCredentialAmbiguous,'
        Test-Path $trace | Should -BeFalse
    }
}

Describe 'A token of the emulator' {
    It 'goes to the emulator, with -UseEntraId and without' {
        $endpoint = "$($emulator.Uri)contoso/"
        (Invoke-AzOpenAIChat hi -Endpoint $endpoint -Deployment chat).Content | Should -Not -BeNullOrEmpty
        (Invoke-AzOpenAIChat hi -Endpoint $endpoint -Deployment chat -UseEntraId).Content | Should -Not -BeNullOrEmpty
        (Get-AzOpenAIDeployment contoso chat | Invoke-AzOpenAIChat hi -UseEntraId).Content | Should -Not -BeNullOrEmpty
    }

    It 'takes the place of a key with -UseEntraId' {
        $broken = New-AzOpenAIConnection broken "$($emulator.Uri)contoso/" -KeyVariable NO_SUCH_VARIABLE -Deployment chat -Force
        (Invoke-AzOpenAIChat hi -Connection broken -UseEntraId).Content | Should -Not -BeNullOrEmpty
        (Get-AzOpenAIKey contoso | Invoke-AzOpenAIChat hi -Deployment chat -UseEntraId).Content | Should -Not -BeNullOrEmpty
        $broken.KeyReference.Name | Should -Be 'NO_SUCH_VARIABLE'
    }

    It 'does not go to Azure' {
        (Get-Failure { Invoke-AzOpenAIChat hi -Endpoint contoso.openai.azure.com -Deployment chat -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^EntraTokenHostForeign,'
    }
}

Describe 'The permission of a connection' {
    It 'is for one host' {
        $made = New-AzOpenAIConnection gateway https://contoso.azure-api.net/ai -UseEntraId -Force
        $made.TrustedHost | Should -Be 'contoso.azure-api.net'
        (Set-AzOpenAIConnection gateway -Deployment chat).TrustedHost | Should -Be 'contoso.azure-api.net'
        $failure = Get-Failure { Set-AzOpenAIConnection gateway -Endpoint https://other.azure-api.net/ai -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Match '^EntraTokenHostForeign,'
        (Get-AzOpenAIConnection gateway).Endpoint.Host | Should -Be 'contoso.azure-api.net'
        (Set-AzOpenAIConnection gateway -Endpoint https://other.azure-api.net/ai -EntraId).TrustedHost | Should -Be 'other.azure-api.net'
    }

    It 'is the same by its older name' {
        (New-AzOpenAIConnection older https://contoso.azure-api.net/ai -EntraId -Force).Authentication | Should -Be 'EntraId'
    }
}

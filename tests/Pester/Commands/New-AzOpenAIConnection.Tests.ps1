BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $class = 'AzOpenAI.Commands.NewAzOpenAIConnectionCommand'
    $id = New-TestResource $emulator contoso -Deployment gpt-5-mini
    $key = Get-AzOpenAIKey -Resource $id
    $plain = (Get-AzOpenAIKey -Resource $id -AsPlainText).Key1
    $endpoint = "$($key.ClassicEndpoint)"
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'New-AzOpenAIConnection' {
    AfterEach { Get-AzOpenAIConnection | Remove-AzOpenAIConnection; Remove-Item env:AZOPENAI_TEST_KEY -ErrorAction Ignore }

    It 'keeps a connection that calls take by name' {
        $made = New-AzOpenAIConnection work $endpoint -Key $plain -Deployment gpt-5-mini
        $made | Should -BeOfType ([AzOpenAI.Connection])
        $made.Key | Should -BeOfType ([securestring])
        (Invoke-AzOpenAIChat hi -Connection WORK).Content | Should -Not -BeNullOrEmpty
    }

    It 'takes a key as secure string' {
        $null = New-AzOpenAIConnection work $endpoint -Key (ConvertTo-SecureString $plain -AsPlainText) -Deployment gpt-5-mini -Default
        (Invoke-AzOpenAIChat hi).Content | Should -Not -BeNullOrEmpty
    }

    It 'reads the key of a variable anew for each command' {
        $made = New-AzOpenAIConnection work $endpoint -KeyVariable AZOPENAI_TEST_KEY -Deployment gpt-5-mini -Default
        $made.Key | Should -BeNullOrEmpty
        (Get-Failure { Invoke-AzOpenAIChat hi -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^SecretUnavailable'
        $env:AZOPENAI_TEST_KEY = 'wrong'
        (Get-Failure { Invoke-AzOpenAIChat hi -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^InvalidKey'
        $env:AZOPENAI_TEST_KEY = $plain
        (Invoke-AzOpenAIChat hi).Content | Should -Not -BeNullOrEmpty
        ('a', 'b' | Invoke-AzOpenAIChat).Count | Should -Be 2
    }

    It 'keeps what is piped, and the deployment with it' {
        $made = $key | New-AzOpenAIConnection work -Deployment gpt-5-mini -Default
        $made.Name | Should -Be 'work'
        $made.ResourceId | Should -Be $id
        (Invoke-AzOpenAIChat hi).Content | Should -Not -BeNullOrEmpty
    }

    It 'sends the key of a subscription and no api-key' {
        $made = New-AzOpenAIConnection apim "$($endpoint)team" -Kind ApiManagement -SubscriptionKey secret -Deployment d
        $made.Authentication | Should -Be 'Header'
        $made.Headers['Ocp-Apim-Subscription-Key'] | Should -BeOfType ([securestring])
        $made.Key | Should -BeNullOrEmpty
        "$($made | Format-List * | Out-String)$($made | ConvertTo-Json -Depth 5)" | Should -Not -Match 'secret'
    }

    It 'takes Entra ID where no key is given' {
        (New-AzOpenAIConnection a contoso.openai.azure.com).Authentication | Should -Be 'EntraId'
        $null = New-AzOpenAIConnection b $endpoint -Deployment gpt-5-mini
        (Invoke-AzOpenAIChat hi -Connection b).Content | Should -Not -BeNullOrEmpty
    }

    It 'writes nothing under -WhatIf' {
        New-AzOpenAIConnection work $endpoint -Key x -WhatIf | Should -BeNullOrEmpty
        Get-AzOpenAIConnection | Should -BeNullOrEmpty
    }

    It 'replaces a connection only with -Force' {
        $null = New-AzOpenAIConnection work contoso.openai.azure.com
        $failure = Get-Failure { New-AzOpenAIConnection work fabrikam.openai.azure.com -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConnectionExists,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        (New-AzOpenAIConnection work fabrikam.openai.azure.com -Force).Endpoint.Host | Should -Be 'fabrikam.openai.azure.com'
    }

    It 'says what is wrong with <text>' -ForEach @(
        @{ text = 'the endpoint'; id = 'EndpointInvalid'; call = { New-AzOpenAIConnection x https://portal.azure.com/ -ErrorAction Stop } }
        @{ text = 'plain http'; id = 'EndpointInsecure'; call = { New-AzOpenAIConnection x http://contoso.openai.azure.com -ErrorAction Stop } }
        @{ text = 'two credentials'; id = 'ConnectionCredentialAmbiguous'; call = { New-AzOpenAIConnection x a.openai.azure.com -Key canary -KeyVariable y -ErrorAction Stop } }
        @{ text = 'key and Entra ID'; id = 'ConnectionCredentialAmbiguous'; call = { New-AzOpenAIConnection x a.openai.azure.com -Key canary -UseEntraId -ErrorAction Stop } }
        @{ text = 'a version'; id = 'ApiVersionInvalid'; call = { New-AzOpenAIConnection x a.openai.azure.com -ApiVersion 2024 -ErrorAction Stop } }
        @{ text = 'a header'; id = 'HeaderInvalid'; call = { New-AzOpenAIConnection x a.openai.azure.com -Header @{ 'a b' = 'canary' } -ErrorAction Stop } }
        @{ text = 'what is piped'; id = 'ConnectionSourceInvalid'; call = { 'text' | New-AzOpenAIConnection x -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $call
        $failure.FullyQualifiedErrorId | Should -Be "$id,$class"
        "$failure" | Should -Not -Match 'canary'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }
}

Describe 'New-AzOpenAIConnection, with SecretManagement' {
    BeforeAll {
        $folder = [IO.Directory]::CreateDirectory("$TestDrive/modules/Microsoft.PowerShell.SecretManagement").FullName
        Set-Content "$folder/Microsoft.PowerShell.SecretManagement.psm1" @'
function Get-Secret {
    [CmdletBinding()] param([string] $Name, [string] $Vault)
    switch ("$Vault/$Name") {
        'team/key' { ConvertTo-SecureString $env:AZOPENAI_TEST_VAULT -AsPlainText }
        '/login' { [pscredential]::new('x', (ConvertTo-SecureString $env:AZOPENAI_TEST_VAULT -AsPlainText)) }
        '/table' { @{ a = 1 } }
        default { Write-Error "The secret $Name was not found." }
    }
}
'@
        $path = $env:PSModulePath
        $env:PSModulePath = "$TestDrive/modules" + [IO.Path]::PathSeparator + $path
        $env:AZOPENAI_TEST_VAULT = $plain
    }

    AfterAll {
        $env:PSModulePath = $path
        Remove-Item env:AZOPENAI_TEST_VAULT
        Remove-Module Microsoft.PowerShell.SecretManagement -ErrorAction Ignore
    }

    AfterEach { Get-AzOpenAIConnection | Remove-AzOpenAIConnection }

    It 'reads the secret when it is needed: <name> of <vault>' -ForEach @(@{ name = 'key'; vault = 'team' }, @{ name = 'login'; vault = $null }) {
        $more = if ($vault) { @{ SecretVault = $vault } } else { @{} }
        $made = New-AzOpenAIConnection work $endpoint -SecretName $name -Deployment gpt-5-mini @more
        $made.Key | Should -BeNullOrEmpty
        "$($made.KeyReference)" | Should -Match $name
        (Invoke-AzOpenAIChat hi -Connection work).Content | Should -Not -BeNullOrEmpty
        ($made | Invoke-AzOpenAIChat hi).Content | Should -Not -BeNullOrEmpty
    }

    It 'says why a secret cannot be read: <name>' -ForEach @(@{ name = 'none'; said = 'not found' }, @{ name = 'table'; said = 'Hashtable' }) {
        $null = New-AzOpenAIConnection work $endpoint -SecretName $name -Deployment gpt-5-mini
        $failure = Get-Failure { Invoke-AzOpenAIChat hi -Connection work -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Match '^SecretUnavailable'
        "$failure" | Should -Match $said
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }
}

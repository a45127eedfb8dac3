BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $class = 'AzOpenAI.Commands.SetAzOpenAIConnectionCommand'
}

Describe 'Set-AzOpenAIConnection' {
    BeforeEach { $null = New-AzOpenAIConnection work contoso.openai.azure.com -Key one -Deployment first -Header @{ 'x-team' = 'red' } }
    AfterEach { Disconnect-AzOpenAI }

    It 'changes what is given and nothing else' {
        $old = Get-AzOpenAIConnection work
        $new = Set-AzOpenAIConnection work -Deployment second
        $new.Deployment | Should -Be 'second'
        $new.Key | Should -Be $old.Key
        $new.Headers['x-team'] | Should -Be 'red'
        (Get-AzOpenAIConnection work).Deployment | Should -Be 'second'
    }

    It 'makes it the default, and takes that away' {
        (Get-AzOpenAIConnection work | Set-AzOpenAIConnection -Default).IsDefault | Should -BeTrue
        (Set-AzOpenAIConnection work -ApiVersion 2024-10-21).IsDefault | Should -BeTrue
        (Get-AzOpenAIConnection -Current).Kind | Should -Be 'AzureDated'
        $null = Set-AzOpenAIConnection work -Default:$false
        (Get-Failure { Get-AzOpenAIConnection -Current -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^ConnectionMissing'
    }

    It 'never carries a key along to another host' {
        $failure = Get-Failure { Set-AzOpenAIConnection work -Endpoint fabrikam.openai.azure.com -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConnectionCredentialMissing,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        (Get-AzOpenAIConnection work).Endpoint.Host | Should -Be 'contoso.openai.azure.com'
        (Set-AzOpenAIConnection work -Endpoint fabrikam.openai.azure.com -UseEntraId).Key | Should -BeNullOrEmpty
    }

    It 'changes nothing under -WhatIf' {
        Set-AzOpenAIConnection work -Deployment second -WhatIf | Should -BeNullOrEmpty
        (Get-AzOpenAIConnection work).Deployment | Should -Be 'first'
    }

    It 'says that there is none of that name' {
        $failure = Get-Failure { Set-AzOpenAIConnection nobody -Deployment x -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConnectionNotFound,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }
}

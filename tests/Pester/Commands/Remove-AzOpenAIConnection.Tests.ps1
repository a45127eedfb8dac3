BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $class = 'AzOpenAI.Commands.RemoveAzOpenAIConnectionCommand'
}

Describe 'Remove-AzOpenAIConnection' {
    BeforeEach { 'red', 'green', 'grey' | ForEach-Object { $null = New-AzOpenAIConnection $_ contoso.openai.azure.com -Key one -Default:($_ -eq 'green') } }
    AfterEach { Disconnect-AzOpenAI }

    It 'forgets by name, wildcard and pipeline' {
        Remove-AzOpenAIConnection red | Should -BeNullOrEmpty
        (Get-AzOpenAIConnection).Name | Should -Be 'green', 'grey'
        (Remove-AzOpenAIConnection gr* -PassThru).Count | Should -Be 2
        $null = New-AzOpenAIConnection x contoso.openai.azure.com
        Get-AzOpenAIConnection | Remove-AzOpenAIConnection
        Get-AzOpenAIConnection | Should -BeNullOrEmpty
    }

    It 'forgets the default with it' {
        Remove-AzOpenAIConnection green
        (Get-Failure { Get-AzOpenAIConnection -Current -ErrorAction Stop }).FullyQualifiedErrorId | Should -Match '^ConnectionMissing'
    }

    It 'changes nothing under -WhatIf' {
        Remove-AzOpenAIConnection * -WhatIf
        (Get-AzOpenAIConnection).Count | Should -Be 3
    }

    It 'says that there is none of that name' {
        $failure = Get-Failure { Remove-AzOpenAIConnection nobody -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConnectionNotFound,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }
}

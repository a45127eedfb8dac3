BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $class = 'AzOpenAI.Commands.GetAzOpenAIConnectionCommand'
}

Describe 'Get-AzOpenAIConnection' {
    BeforeEach {
        $null = New-AzOpenAIConnection red contoso.openai.azure.com -Key one
        $null = New-AzOpenAIConnection green fabrikam.openai.azure.com -Key two -Default
    }

    AfterEach {
        Disconnect-AzOpenAI
        'AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY', 'OPENAI_API_KEY' | ForEach-Object { Remove-Item "env:$_" -ErrorAction Ignore }
    }

    It 'gives all, by name, by wildcard and by pipeline' {
        (Get-AzOpenAIConnection).Name | Should -Be 'green', 'red'
        (Get-AzOpenAIConnection RED).Name | Should -Be 'red'
        (Get-AzOpenAIConnection g*).Name | Should -Be 'green'
        ('red', 'green' | Get-AzOpenAIConnection).Name | Should -Be 'red', 'green'
        Get-AzOpenAIConnection x* | Should -BeNullOrEmpty
    }

    It 'shows which is the default, only one' {
        (Get-AzOpenAIConnection).Where({ $_.IsDefault }).Name | Should -Be 'green'
        $null = New-AzOpenAIConnection blue contoso.openai.azure.com -Default
        (Get-AzOpenAIConnection).Where({ $_.IsDefault }).Name | Should -Be 'blue'
    }

    It 'gives with -Current the default, then the environment' {
        $env:AZURE_OPENAI_ENDPOINT = 'https://env.openai.azure.com'
        $env:AZURE_OPENAI_API_KEY = 'key'
        (Get-AzOpenAIConnection -Current).Name | Should -Be 'green'
        Remove-AzOpenAIConnection green
        (Get-AzOpenAIConnection -Current).Endpoint.Host | Should -Be 'env.openai.azure.com'
        Remove-Item env:AZURE_OPENAI_ENDPOINT
        $failure = Get-Failure { Get-AzOpenAIConnection -Current -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConnectionMissing,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that there is none of that name' {
        $failure = Get-Failure { Get-AzOpenAIConnection nobody -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConnectionNotFound,$class"
        $failure.TargetObject | Should -Be 'nobody'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'is of one runspace only' {
        $there = [PowerShell]::Create().AddScript("Import-Module '$(Get-ModulePath)'; @(Get-AzOpenAIConnection).Count")
        try { $there.Invoke() | Should -Be 0 } finally { $there.Dispose() }
    }

    It 'completes names without asking anybody: <line>' -ForEach @(
        @{ line = 'Get-AzOpenAIConnection r'; expected = 'red' }
        @{ line = 'Invoke-AzOpenAIChat hi -Connection g'; expected = 'green' }
        @{ line = 'Set-AzOpenAIContext -Connection r'; expected = 'red' }
        @{ line = 'Remove-AzOpenAIConnection g'; expected = 'green' }
    ) {
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $expected
    }
}

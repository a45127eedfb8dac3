BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $class = 'AzOpenAI.Commands.GetAzOpenAIConversationCommand'
}

Describe 'Get-AzOpenAIConversation' {
    BeforeEach { 'travel', 'Cooking' | ForEach-Object { $null = New-AzOpenAIConversation $_ } }

    AfterEach { Disconnect-AzOpenAI }

    It 'gives all, by name, by wildcard and by pipeline' {
        (Get-AzOpenAIConversation).Name | Should -Be 'Cooking', 'travel'
        (Get-AzOpenAIConversation TRAVEL).Name | Should -Be 'travel'
        (Get-AzOpenAIConversation c*).Name | Should -Be 'Cooking'
        ('travel', 'cooking' | Get-AzOpenAIConversation).Name | Should -Be 'travel', 'Cooking'
        Get-AzOpenAIConversation x* | Should -BeNullOrEmpty
    }

    It 'says that there is none of that name, and goes on' {
        $found = 'nobody', 'travel' | Get-AzOpenAIConversation -ErrorAction SilentlyContinue -ErrorVariable failures
        $found.Name | Should -Be 'travel'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be "ConversationNotFound,$class"
        $failures[0].TargetObject | Should -Be 'nobody'
        Find-ErrorDefect $failures[0] | Should -BeNullOrEmpty
    }

    It 'is of one runspace only, and ends with the session' {
        $there = [PowerShell]::Create().AddScript("Import-Module '$(Get-ModulePath)'; @(Get-AzOpenAIConversation).Count")
        try { $there.Invoke() | Should -Be 0 } finally { $there.Dispose() }
        Disconnect-AzOpenAI
        Get-AzOpenAIConversation | Should -BeNullOrEmpty
    }

    It 'completes names without asking anybody: <_>' -ForEach @(
        'Get-AzOpenAIConversation tr'
        'Invoke-AzOpenAIChat hi -Conversation tr'
        'Enter-AzOpenAIChat -Conversation tr'
        'Export-AzOpenAIConversation tr'
    ) {
        Get-Completion $_ | Should -Be 'travel'
    }
}

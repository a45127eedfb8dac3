BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $keylessId = New-TestResource $emulator keyless -Property @{ disableLocalAuth = $true }
    $class = 'AzOpenAI.Commands.NewAzOpenAIKeyCommand'

    function Show-Secret([securestring] $Secret) { [Net.NetworkCredential]::new('', $Secret).Password }
    function Get-RealKey([string] $Id = $contosoId) { (Invoke-Arm $emulator "$Id/listKeys" -Method POST).Body }
    function Get-DataStatus([string] $Key) {
        $null = Invoke-RestMethod "$($emulator.Uri)contoso/openai/v1/models" -Headers @{ 'api-key' = $Key } -NoProxy -SkipHttpErrorCheck -StatusCodeVariable status
        $status
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'New-AzOpenAIKey' {
    BeforeEach {
        $before = Get-RealKey
        $elsewhere = Get-RealKey $elsewhereId
        Clear-EmulatorWrite $emulator
    }

    It 'replaces <Name>, leaves <Spared> alone and returns both as secure strings' -ForEach @{ Name = 'Key1'; Spared = 'Key2' }, @{ Name = 'Key2'; Spared = 'Key1' } {
        $key = New-AzOpenAIKey contoso $Name -Force
        $key | Should -BeOfType ([AzOpenAI.ResourceKey])
        $now = Get-RealKey
        Show-Secret $key.$Name | Should -Be $now.$Name
        Show-Secret $key.$Spared | Should -Be $now.$Spared
        $now.$Name | Should -Not -Be $before.$Name
        $now.$Spared | Should -Be $before.$Spared
        Get-DataStatus $before.$Name | Should -Be 401
        Get-DataStatus $now.$Name | Should -Be 200
        Get-DataStatus $before.$Spared | Should -Be 200
    }

    It 'gives a connection that works, with the piped deployment' {
        $answer = Get-AzOpenAIDeployment contoso chat | New-AzOpenAIKey -KeyName Key1 -Force | Invoke-AzOpenAIChat 'Hello'
        $answer.Content | Should -Be 'You said: Hello'
    }

    It 'takes what Get-AzOpenAIKey gives, group and name, an id, and a row' {
        (Get-AzOpenAIKey contoso | New-AzOpenAIKey -KeyName Key1 -Force).ResourceId | Should -Be $contosoId
        (New-AzOpenAIKey -ResourceGroupName rg -ResourceName contoso -KeyName Key1 -Force).ResourceId | Should -Be $contosoId
        (New-AzOpenAIKey $contosoId Key1 -Force).ResourceId | Should -Be $contosoId
        (Get-RealKey $elsewhereId).key1 | Should -Be $elsewhere.key1
        ([pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; SubscriptionId = $other; KeyName = 'Key2' } | New-AzOpenAIKey -KeyName Key1 -Force).ResourceId | Should -Be $elsewhereId
        (Get-RealKey $elsewhereId).key2 | Should -Be $elsewhere.key2
    }

    It 'keeps the subscription of a piped resource, and leaves its namesake alone' {
        $null = Get-AzOpenAIResource contoso -Subscription $other | New-AzOpenAIKey -KeyName Key1 -Force
        (Get-RealKey $elsewhereId).key1 | Should -Not -Be $elsewhere.key1
        (Get-RealKey).key1 | Should -Be $before.key1
    }

    It 'writes and emits nothing under -WhatIf <Name>' -ForEach @{ Name = ''; Extra = @{} }, @{ Name = '-Force'; Extra = @{ Force = $true } } {
        New-AzOpenAIKey contoso Key1 -WhatIf @Extra | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        (Get-RealKey).key1 | Should -Be $before.key1
    }

    It 'needs no answer with -Confirm:$false, and asks without it' {
        $null = New-AzOpenAIKey contoso Key1 -Confirm:$false
        (Get-RealKey).key1 | Should -Not -Be $before.key1
        # A shell that cannot ask refuses instead of going on.
        $script = "Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri '$($emulator.Uri)'; New-AzOpenAIKey contoso Key2"
        { Invoke-FreshShell $script } | Should -Throw '*NonInteractive*'
        (Get-RealKey).key2 | Should -Be $before.key2
    }

    It 'sends the request once, whatever becomes of the answer, and tells by the keys what happened' {
        Add-EmulatorFault $emulator @{ kind = 'drop'; match = @{ path = '/regenerateKey' } }
        try { $key = New-AzOpenAIKey contoso Key1 -Force } finally { Clear-EmulatorFault $emulator }
        Show-Secret $key.Key1 | Should -Be (Get-RealKey).key1
        Show-Secret $key.Key1 | Should -Not -Be $before.key1
        @(Get-EmulatorWrite $emulator).Count | Should -Be 1
    }

    It 'waits out throttling' {
        Add-EmulatorFault $emulator @{ kind = 'throttle'; seconds = 1; count = 1; match = @{ path = '/regenerateKey' } }
        $key = New-AzOpenAIKey contoso Key1 -Force
        Show-Secret $key.Key1 | Should -Not -Be $before.key1
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (New-AzOpenAIKey contoso Key2 -Force).ResourceName | Should -Be 'contoso'
    }
}

Describe 'New-AzOpenAIKey, when something is wrong' {
    BeforeEach {
        $before = Get-RealKey
        Clear-EmulatorWrite $emulator
    }

    It 'explains keys that are switched off' {
        $failure = Get-Failure { New-AzOpenAIKey keyless Key1 -Force -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "LocalAuthDisabled,$class"
        $failure.Exception.Suggestion | Should -Match 'Entra ID'
        $failure.TargetObject | Should -Be 'keyless'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'says that nothing has changed where the service fails' {
        Add-EmulatorFault $emulator @{ kind = 'status'; status = 503; match = @{ path = '/regenerateKey' } }
        try { $failure = Get-Failure { New-AzOpenAIKey contoso Key1 -Force -ErrorAction Stop } } finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "KeyNotRegenerated,$class"
        "$failure" | Should -Match 'both keys are unchanged'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        (Get-RealKey).key1 | Should -Be $before.key1
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/regenerateKey/action$'
        try { $failure = Get-Failure { New-AzOpenAIKey contoso Key1 -Force -ErrorAction Stop } } finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        "$failure" | Should -Match 'regenerateKey'
        (Get-RealKey).key1 | Should -Be $before.key1
    }

    It 'offers only the two keys' {
        { New-AzOpenAIKey contoso Key3 -Force } | Should -Throw '*Key1*Key2*'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'goes on after a resource that is not there' {
        $errors = $null
        $keys = 'nobody', 'contoso' | New-AzOpenAIKey -KeyName Key1 -Force -ErrorAction SilentlyContinue -ErrorVariable errors
        $keys.ResourceName | Should -Be 'contoso'
        $errors[0].FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'New-AzOpenAIKey contoso Key1 -Force' -Match @{ path = '/regenerateKey' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}

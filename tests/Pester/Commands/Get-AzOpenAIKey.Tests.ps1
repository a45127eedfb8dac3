BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso -Deployment chat, chat-two
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere -Deployment chat
    $null = New-TestResource $emulator keyless -Property @{ disableLocalAuth = $true } -Deployment chat
    $class = 'AzOpenAI.Commands.GetAzOpenAIKeyCommand'

    function Show-Secret([securestring] $Secret) { [Net.NetworkCredential]::new('', $Secret).Password }
    function Get-RealKey([string] $Id) { (Invoke-Arm $emulator "$Id/listKeys" -Method POST).Body }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIKey' {
    It 'gives endpoints and both keys as secure strings' {
        $key = Get-AzOpenAIKey contoso
        $key | Should -BeOfType ([AzOpenAI.ResourceKey])
        $key.Key1 | Should -BeOfType ([securestring])
        Show-Secret $key.Key1 | Should -Be (Get-RealKey $contosoId).key1
        Show-Secret $key.Key2 | Should -Be (Get-RealKey $contosoId).key2
        $key.Authentication | Should -Be 'ApiKey'
        $key.ResourceName | Should -Be 'contoso'
        $key.ResourceGroupName | Should -Be 'rg'
        $key.SubscriptionId | Should -Be $emulator.SubscriptionId
        "$($key.Endpoint)" | Should -BeLike '*/contoso/openai/v1/'
        "$($key.ClassicEndpoint)" | Should -BeLike '*/contoso/'
    }

    It 'takes group and name, an id, and the object by parameter' {
        (Get-AzOpenAIKey -ResourceGroupName rg -ResourceName contoso).ResourceId | Should -Be $contosoId
        (Get-AzOpenAIKey -Resource $contosoId).ResourceId | Should -Be $contosoId
        (Get-AzOpenAIKey -Resource (Get-AzOpenAIResource contoso)).ResourceId | Should -Be $contosoId
    }

    It 'takes an id of another subscription' {
        (Get-AzOpenAIKey $elsewhereId).ResourceId | Should -Be $elsewhereId
    }

    It 'keeps the subscription of a piped resource, and leaves its namesake alone' {
        $key = Get-AzOpenAIResource -Subscription $other | Get-AzOpenAIKey
        $key.ResourceId | Should -Be $elsewhereId
        $key.SubscriptionId | Should -Be $other
        Show-Secret $key.Key1 | Should -Be (Get-RealKey $elsewhereId).key1
        Show-Secret $key.Key1 | Should -Not -Be (Get-RealKey $contosoId).key1
    }

    It 'takes a piped deployment as the default one of the connection' {
        $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
        $key.Deployment | Should -Be 'chat'
        $key.ResourceId | Should -Be $contosoId
    }

    It 'reads the account once for all deployments of one resource' {
        $deployments = Get-AzOpenAIDeployment contoso
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        ($deployments | Get-AzOpenAIKey).Deployment | Sort-Object | Should -Be 'chat', 'chat-two'
        @(Get-EmulatorRequest $emulator | Where-Object { $_.method -eq 'GET' -and $_.path -match '/accounts/contoso(\?|$)' }) | Should -HaveCount 1
    }

    It 'asks for the keys once for all deployments of one resource' {
        $before = @(Get-EmulatorRequest $emulator | Where-Object path -Like '*/listKeys*').Count
        $keys = Get-AzOpenAIDeployment contoso | Get-AzOpenAIKey
        $keys.Deployment | Sort-Object | Should -Be 'chat', 'chat-two'
        @(Get-EmulatorRequest $emulator | Where-Object path -Like '*/listKeys*').Count - $before | Should -Be 1
    }

    It 'binds group, name and subscription by property name and nothing else' {
        $row = [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; SubscriptionId = $other; Name = 'x'; Endpoint = 'https://x.invalid'; Key = 'x'; Location = 'x' }
        $key = $row | Get-AzOpenAIKey
        $key.ResourceId | Should -Be $elsewhereId
        $key.Deployment | Should -BeNullOrEmpty
        "$($key.Endpoint)" | Should -Not -Match 'invalid'
    }

    It 'gives plain text only when asked, as a type that is no connection' {
        $plain = Get-AzOpenAIKey contoso -AsPlainText
        $plain | Should -BeOfType ([AzOpenAI.PlainTextResourceKey])
        $plain -is [AzOpenAI.IConnectionSource] | Should -BeFalse
        $plain.Key1 | Should -Be (Get-RealKey $contosoId).key1
    }

    It 'says that only Entra ID works where keys are disabled' {
        $verbose = $null
        $key = Get-AzOpenAIKey keyless -Verbose 4>&1 | ForEach-Object { if ($_ -is [System.Management.Automation.VerboseRecord]) { $verbose += "$_" } else { $_ } }
        $key.Authentication | Should -Be 'EntraId'
        $key.Key1 | Should -BeNullOrEmpty
        $verbose | Should -Match 'Entra'
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Get-AzOpenAIKey contoso).ResourceName | Should -Be 'contoso'
    }

    It 'changes nothing' {
        Clear-EmulatorWrite $emulator
        $null = Get-AzOpenAIKey contoso
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

Describe 'Get-AzOpenAIKey, when something is wrong' {
    It 'says that there is no such resource, by name' {
        $failure = Get-Failure { Get-AzOpenAIKey nobody -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        $failure.TargetObject | Should -Be 'nobody'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that there is no such resource, by id' {
        $id = "$contosoId-not"
        $failure = Get-Failure { Get-AzOpenAIKey $id -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
        $failure.TargetObject | Should -Be $id
        $failure.Exception.StatusCode | Should -Be 404
    }

    It 'asks which one where two groups have a resource of that name' {
        $null = New-TestResource $emulator twin -Group rg-a -Subdomain twin-a
        $null = New-TestResource $emulator twin -Group rg-b -Subdomain twin-b
        $failure = Get-Failure { Get-AzOpenAIKey twin -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ResourceAmbiguous,$class"
        "$failure" | Should -Match 'rg-a'
        "$failure" | Should -Match 'rg-b'
    }

    It 'goes on after a name that is not there' {
        $errors = $null
        $keys = 'contoso', 'nobody', 'keyless' | Get-AzOpenAIKey -ErrorAction SilentlyContinue -ErrorVariable errors
        $keys.ResourceName | Should -Be 'contoso', 'keyless'
        $errors.Count | Should -Be 1
        $errors[0].TargetObject | Should -Be 'nobody'
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator '/listKeys/action$'
        try { $failure = Get-Failure { Get-AzOpenAIKey contoso -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Get-AzOpenAIKey contoso'
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'lets the script go on after Select-Object -First 1' {
        @(Get-AzOpenAIDeployment contoso | Get-AzOpenAIKey | Select-Object -First 1; 'after')[1] | Should -Be 'after'
    }

    It 'gives an error when the service dies in the middle' {
        $kill = Measure-Kill (Start-AzOpenAIEmulator) 'Get-AzOpenAIKey contoso -MaxWaitSeconds 3'
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

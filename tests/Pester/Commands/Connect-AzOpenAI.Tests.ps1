BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $emulator = Start-AzOpenAIEmulator
    $other = Get-OtherSubscription $emulator
    $class = 'AzOpenAI.Commands.ConnectAzOpenAICommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Connect-AzOpenAI' {
    AfterEach { Disconnect-AzOpenAI }

    It 'connects to the emulator that was started last' {
        $context = Connect-AzOpenAI -Emulator
        $context | Should -BeOfType ([AzOpenAI.Context])
        $context.SubscriptionId | Should -Be $emulator.SubscriptionId
        $context.SubscriptionName | Should -Not -BeNullOrEmpty
        $context.TenantId | Should -Not -BeNullOrEmpty
        $context.CredentialSource | Should -Be 'Emulator'
        $context.Environment.IsEmulator | Should -BeTrue
        $context.Environment.ManagementEndpoint | Should -Be $emulator.Uri
        (Get-AzOpenAIContext).SubscriptionId | Should -Be $emulator.SubscriptionId
    }

    It 'connects to the emulator that is named' {
        $second = Start-AzOpenAIEmulator
        try { (Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri).Environment.ManagementEndpoint | Should -Be $emulator.Uri }
        finally { $second | Stop-AzOpenAIEmulator }
    }

    It 'takes the subscription by id and by name' {
        (Connect-AzOpenAI -Emulator -Subscription $other.subscriptionId).SubscriptionId | Should -Be $other.subscriptionId
        (Connect-AzOpenAI $other.displayName -Emulator).SubscriptionId | Should -Be $other.subscriptionId
    }

    It 'keeps the old context when a new one cannot be made' {
        $null = Connect-AzOpenAI -Emulator
        $null = Get-Failure { Connect-AzOpenAI -Emulator -Subscription nobody -ErrorAction Stop }
        (Get-AzOpenAIContext).SubscriptionId | Should -Be $emulator.SubscriptionId
    }

    It 'is of one runspace only' {
        $null = Connect-AzOpenAI -Emulator
        $job = Start-InRunspace $emulator 'try { Get-AzOpenAIContext -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }' -NoConnect
        $job.Shell.Invoke() | Should -Be 'NotConnected,AzOpenAI.Commands.GetAzOpenAIContextCommand'
        $job.Shell.Dispose(); $job.Runspace.Dispose()
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Connect-AzOpenAI -Emulator).SubscriptionId | Should -Be $emulator.SubscriptionId
    }

    It 'takes nothing by pipeline' {
        $parameters = (Get-Command Connect-AzOpenAI).Parameters.Values
        $parameters.Where({ $_.Attributes.Where({ $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) }) }) | Should -BeNullOrEmpty
    }

    It 'has the promised names of parameters' {
        $command = Get-Command Connect-AzOpenAI
        $command.Parameters['UseDeviceAuthentication'].Aliases | Should -Contain 'UseDeviceCode'
        $command.Parameters['ApplicationId'].Aliases | Should -Contain 'ClientId'
        $command.OutputType.Type | Should -Be ([AzOpenAI.Context])
    }
}

Describe 'Connect-AzOpenAI, when something is wrong' {
    AfterEach { Clear-EmulatorFault $emulator; Disconnect-AzOpenAI }

    It 'says that the credential sees no such subscription, by name and by id' {
        $failure = Get-Failure { Connect-AzOpenAI -Emulator -Subscription nobody -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "SubscriptionUnknown,$class"
        $failure.TargetObject | Should -Be 'nobody'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $id = [guid]::NewGuid().ToString()
        $failure = Get-Failure { Connect-AzOpenAI -Emulator -Subscription $id -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "SubscriptionNotFound,$class"
        $failure.Exception.StatusCode | Should -Be 404
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'refuses an emulator beyond this machine' {
        $failure = Get-Failure { Connect-AzOpenAI -Emulator -EmulatorUri http://example.com:8080 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "EmulatorNotOnLoopback,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'never sends a real token to this machine' {
        $failure = Get-Failure { Connect-AzOpenAI -AccessToken (ConvertTo-SecureString eyJhbGciOiJub25lIn0.eyJleHAiOjQ4NzAwMDAwMDB9.x -AsPlainText) -ManagementEndpoint $emulator.Uri -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "EntraTokenWithheld,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'refuses a token that is for another service, and does not show it' {
        $claims = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('{"exp":4870000000,"aud":"https://graph.microsoft.com"}')).TrimEnd('=')
        $failure = Get-Failure { Connect-AzOpenAI -AccessToken "eyJhbGciOiJub25lIn0.$claims.x" -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "TokenAudienceOther,$class"
        $failure.Exception.Message | Should -Match 'graph\.microsoft\.com.*management\.azure\.com'
        "$failure" | Should -Not -Match ([regex]::Escape($claims))
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'refuses plain http beyond this machine' {
        $failure = Get-Failure { Connect-AzOpenAI -AccessToken eyJhbGciOiJub25lIn0.eyJleHAiOjQ4NzAwMDAwMDB9.x -ManagementEndpoint http://example.com -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "EndpointInsecure,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that access is denied' {
        Add-EmulatorDenial $emulator
        $failure = Get-Failure { Connect-AzOpenAI -Emulator -Subscription $other.subscriptionId -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
    }

    It 'says what a certificate lacks' {
        $failure = Get-Failure { Connect-AzOpenAI -CertificatePath "$TestDrive/none.pem" -ApplicationId 00000000-0000-0000-0000-000000000001 -Tenant 00000000-0000-0000-0000-000000000002 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "CertificateUnreadable,$class"
        "$failure" | Should -Match 'none.pem'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that no emulator runs' {
        $output = Invoke-FreshShell "Import-Module '$(Get-ModulePath)'; try { Connect-AzOpenAI -Emulator -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }"
        $output | Should -Be "EmulatorNotRunning,$class"
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri' -NoConnect
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $kill = Measure-Kill (Start-AzOpenAIEmulator) 'Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri -MaxWaitSeconds 3'
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

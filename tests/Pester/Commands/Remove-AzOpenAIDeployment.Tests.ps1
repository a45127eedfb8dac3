BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $contosoId = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain contoso-elsewhere
    $class = 'AzOpenAI.Commands.RemoveAzOpenAIDeploymentCommand'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Remove-AzOpenAIDeployment' {
    BeforeEach {
        New-TestDeployment $emulator $contosoId chat
        New-TestDeployment $emulator $contosoId chat-two
        New-TestDeployment $emulator $elsewhereId chat
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/deployments/chat"
    }

    It 'removes a piped deployment and emits nothing' {
        Get-AzOpenAIDeployment contoso chat | Remove-AzOpenAIDeployment -Force | Should -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeFalse
        Test-Exists $emulator "$contosoId/deployments/chat-two" | Should -BeTrue
    }

    It 'removes by id' {
        Remove-AzOpenAIDeployment $id -Force
        Test-Exists $emulator $id | Should -BeFalse
    }

    It 'removes by resource and name' {
        Remove-AzOpenAIDeployment -Resource contoso -Name chat -Force
        Test-Exists $emulator $id | Should -BeFalse
    }

    It 'removes by group, resource name and name' {
        Remove-AzOpenAIDeployment -ResourceGroupName rg -ResourceName contoso -Name chat -Force
        Test-Exists $emulator $id | Should -BeFalse
    }

    It 'keeps the subscription of a piped deployment, and leaves its namesake alone' {
        Get-AzOpenAIDeployment $elsewhereId chat | Remove-AzOpenAIDeployment -Force
        Test-Exists $emulator "$elsewhereId/deployments/chat" | Should -BeFalse
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'keeps the subscription of an id, and leaves its namesake alone' {
        Remove-AzOpenAIDeployment "$elsewhereId/deployments/chat" -Force
        Test-Exists $emulator "$elsewhereId/deployments/chat" | Should -BeFalse
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'binds by property name and keeps the subscription there, too' {
        [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; Name = 'chat'; SubscriptionId = $other } | Remove-AzOpenAIDeployment -Force
        Test-Exists $emulator "$elsewhereId/deployments/chat" | Should -BeFalse
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'removes a deployment that came out of another process' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-AzOpenAIDeployment contoso chat)))
        $copy | Remove-AzOpenAIDeployment -Force
        Test-Exists $emulator $id | Should -BeFalse
    }

    It 'returns the object with -PassThru' {
        $gone = Remove-AzOpenAIDeployment $id -Force -PassThru
        $gone | Should -BeOfType ([AzOpenAI.Deployment])
        $gone.Id | Should -Be $id
    }

    It 'needs no answer with -Confirm:$false' {
        Remove-AzOpenAIDeployment $id -Confirm:$false
        Test-Exists $emulator $id | Should -BeFalse
    }

    It 'writes nothing and emits nothing under -WhatIf <Extra>' -ForEach @(
        @{ Extra = @{} }
        @{ Extra = @{ Force = $true } }
        @{ Extra = @{ Force = $true; PassThru = $true } }
        @{ Extra = @{ Confirm = $false } }
    ) {
        Remove-AzOpenAIDeployment $id -WhatIf @Extra | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'never waits for an answer where nobody can give one' {
        $name = "$id"
        $output = Invoke-FreshShell -ExpectedExitCode 1 "Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri '$($emulator.Uri)'; Remove-AzOpenAIDeployment '$name' -ErrorAction Stop"
        "$output" | Should -Not -BeNullOrEmpty
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        Remove-AzOpenAIDeployment $id -Force
        Test-Exists $emulator $id | Should -BeFalse
    }
}

Describe 'Remove-AzOpenAIDeployment, when something is wrong' {
    BeforeEach {
        New-TestDeployment $emulator $contosoId chat
        New-TestDeployment $emulator $contosoId chat-two
        Clear-EmulatorWrite $emulator
        $id = "$contosoId/deployments/chat"
    }

    It 'says that there is no such deployment' {
        $failure = Get-Failure { Remove-AzOpenAIDeployment "$contosoId/deployments/nobody" -Force -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "DeploymentNotFound,$class"
        $failure.TargetObject | Should -Be "$contosoId/deployments/nobody"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'says that a bare name is no id' {
        $failure = Get-Failure { Remove-AzOpenAIDeployment chat -Force -ErrorAction Stop }
        "$failure" | Should -Match 'chat'
        "$failure" | Should -Match 'deployment'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'goes on after an item that is not there' {
        $errors = $null
        "$contosoId/deployments/chat", "$contosoId/deployments/nobody", "$contosoId/deployments/chat-two" |
            Remove-AzOpenAIDeployment -Force -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors.Count | Should -Be 1
        $errors[0].TargetObject | Should -Be "$contosoId/deployments/nobody"
        Test-Exists $emulator "$contosoId/deployments/chat" | Should -BeFalse
        Test-Exists $emulator "$contosoId/deployments/chat-two" | Should -BeFalse
    }

    It 'names the right that is missing, and leaves the deployment' {
        Add-EmulatorDenial $emulator '/delete$'
        try { $failure = Get-Failure { Remove-AzOpenAIDeployment $id -Force -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        $failure.Exception.StatusCode | Should -Be 403
        $failure.TargetObject | Should -Be $id
        Test-Exists $emulator $id | Should -BeTrue
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Remove-AzOpenAIDeployment '$id' -Force"
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }

    It 'gives an error when the service dies in the middle' {
        $victim = Start-AzOpenAIEmulator
        $kill = Measure-Kill $victim "Remove-AzOpenAIDeployment '$id' -Force -MaxWaitSeconds 3"
        $kill.Reached | Should -BeTrue
        $kill.Ended | Should -BeTrue
        $kill.Errors[0].FullyQualifiedErrorId | Should -Be "ServiceUnreachable,$class"
    }
}

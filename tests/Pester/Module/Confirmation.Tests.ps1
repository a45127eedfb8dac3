# Questions before a change that cannot be undone: who answers, how often, and what becomes of a command that nobody can answer.

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module "$PSScriptRoot/../PromptHost.psm1" -Force
    $emulator = Connect-TestEmulator
    $contosoId = New-TestResource $emulator contoso
    $context = Get-AzOpenAIContext

    function Reset-TestDeployment {
        foreach ($name in 'one', 'two', 'three') { New-TestDeployment $emulator $contosoId $name }
        Clear-EmulatorWrite $emulator
    }

    function Invoke-Asked([string] $Script, [string[]] $Answer = @()) {
        Invoke-WithAnswer -Script $Script -Answer $Answer -ModulePath (Get-ModulePath) -Variable @{ context = $context; id = $contosoId }
    }

    function Get-Left { (Invoke-Arm $emulator "$contosoId/deployments").Body.value | ForEach-Object name | Sort-Object }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'A question' {
    BeforeEach { Reset-TestDeployment }

    It 'is asked for each object, and each answer counts for one' {
        $run = Invoke-Asked 'Get-AzOpenAIDeployment $id -Context $context | Remove-AzOpenAIDeployment -Context $context' 'Yes', 'No', 'Yes'
        $run.Questions | Should -HaveCount 3
        $run.Errors | Should -BeNullOrEmpty
        @(Get-Left) | Should -HaveCount 1
    }

    It 'is not asked again after yes to all' {
        $run = Invoke-Asked 'Get-AzOpenAIDeployment $id -Context $context | Remove-AzOpenAIDeployment -Context $context' 'Yes to All'
        $run.Questions | Should -HaveCount 1
        Get-Left | Should -BeNullOrEmpty
    }

    It 'is not asked again after no to all' {
        $run = Invoke-Asked 'Get-AzOpenAIDeployment $id -Context $context | Remove-AzOpenAIDeployment -Context $context' 'No to All'
        $run.Questions | Should -HaveCount 1
        @(Get-Left) | Should -HaveCount 3
    }

    It 'is not asked about the steps behind one that was refused' {
        $run = Invoke-Asked 'Remove-AzOpenAIResource $id -Context $context -Confirm' 'No'
        $run.Questions | Should -HaveCount 1
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'shows every step under -WhatIf all the same' {
        Start-Transcript ($log = Join-Path $TestDrive 'whatif.txt') | Out-Null
        try { Remove-AzOpenAIResource $contosoId -WhatIf } finally { Stop-Transcript | Out-Null }
        @((Get-Content $log) -match '^What if: ') | Should -HaveCount 4
    }
}

Describe 'A question that nobody can answer' {
    BeforeEach { Reset-TestDeployment }

    It 'is an error that says how to do without it, in <Name>' -ForEach @(
        @{ Name = 'a host without prompts'; Script = 'Remove-AzOpenAIDeployment "$id/deployments/one" -Context $context' }
        @{ Name = 'a host without prompts, asked by -Confirm'; Script = 'Suspend-AzOpenAIDeployment "$id/deployments/one" -Context $context -Confirm' }
    ) {
        $run = Invoke-Asked $Script
        $run.Errors[0].FullyQualifiedErrorId | Should -BeLike 'ConfirmationImpossible,*'
        "$($run.Errors[0])" | Should -Match '-Force'
        $run.Errors[0].Exception.Suggestion | Should -Match '-Confirm:\$false'
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'does not end the pipeline' {
        $run = Invoke-Asked 'Get-AzOpenAIDeployment $id -Context $context | Remove-AzOpenAIDeployment -Context $context; "goes on"'
        $run.Errors | Should -HaveCount 3
        $run.Output | Should -Be 'goes on'
    }

    It 'is the same error in a parallel runspace' {
        $errors = 'one' | ForEach-Object -Parallel {
            Import-Module $using:PSScriptRoot/../common.psm1
            Import-Module (Get-ModulePath)
            try { Remove-AzOpenAIDeployment "$($using:contosoId)/deployments/$_" -Context $using:context -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
        }
        $errors | Should -BeLike 'ConfirmationImpossible,*'
    }

    It 'is the same error in a shell that was started with -NonInteractive' {
        $said = Invoke-FreshShell @"
Import-Module '$(Get-ModulePath)'
`$null = Connect-AzOpenAI -Emulator -EmulatorUri $($emulator.Uri)
try { Remove-AzOpenAIDeployment '$contosoId/deployments/one' -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }
"@
        $said | Should -Be 'ConfirmationImpossible,AzOpenAI.Commands.RemoveAzOpenAIDeploymentCommand'
        @(Get-Left) | Should -HaveCount 3
    }
}

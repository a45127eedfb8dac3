# What about_AzOpenAI_CI promises of exit codes, in script files and fresh shells.
BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso
    $prefix = "Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri '$($emulator.Uri)'`n"

    $shell = Get-Shell
    function Invoke-ScriptFile([string] $Text) {
        $file = [IO.Path]::Combine($TestDrive, "$([guid]::NewGuid()).ps1")
        [IO.File]::WriteAllText($file, $prefix + $Text)
        $null = & $shell.Program $shell.Argument -NoProfile -NonInteractive -File $file *>&1
        $LASTEXITCODE
    }

    $check = @'
$ErrorActionPreference = 'Stop'
$found = New-AzOpenAIResource rg contoso LOCATION TAGS -Ensure -WhatIf
if (-not $found) { exit 2 }
'@
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'The exit code of a script' {
    It 'is <Code> where <Case>' -ForEach @(
        @{ Code = 0; Case = 'it comes to its end'; Text = '$null = Get-AzOpenAIResource contoso' }
        @{ Code = 0; Case = 'an error was only written'; Text = "Get-AzOpenAIResource nobody`n`$null = Get-AzOpenAIResource contoso" }
        @{ Code = 1; Case = 'an error ended it'; Text = "`$ErrorActionPreference = 'Stop'`nGet-AzOpenAIResource nobody`nexit 0" }
        @{ Code = 1; Case = 'a question cannot be answered'; Text = "`$ErrorActionPreference = 'Stop'`nRemove-AzOpenAIResource contoso`nexit 0" }
        @{ Code = 3; Case = 'the script says so'; Text = "try { Get-AzOpenAIResource nobody -ErrorAction Stop } catch { if (`$_.FullyQualifiedErrorId -like 'ResourceNotFound,*') { exit 3 }; throw }" }
    ) {
        Invoke-ScriptFile $Text | Should -Be $Code
        Test-Exists $emulator (Get-AccountPath $emulator contoso) | Should -BeTrue
    }

    It 'tells a difference from none, and from a failure, without a write' {
        Clear-EmulatorWrite $emulator
        Invoke-ScriptFile $check.Replace('LOCATION', 'swedencentral').Replace('TAGS', '') | Should -Be 0
        Invoke-ScriptFile $check.Replace('LOCATION', 'swedencentral').Replace('TAGS', "-Tag @{ team = 'search' }") | Should -Be 2
        Invoke-ScriptFile $check.Replace('LOCATION', 'eastus').Replace('TAGS', '') | Should -Be 1
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

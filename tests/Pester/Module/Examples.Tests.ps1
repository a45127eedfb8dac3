BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $root = Get-RepositoryRoot
}

Describe 'examples/quickstart.ps1' {
    It 'runs on the emulator, from a folder that is not its own, and leaves nothing' {
        $output = Invoke-FreshShell "Import-Module '$(Get-ModulePath)'; Set-Location '$TestDrive'; & '$root/examples/quickstart.ps1'; `"ERRORS: `$(`$Error.Count)`"; exit `$LASTEXITCODE"
        "$output" | Should -Match "finished by 'stop'"
        "$output" | Should -Match '\d+ tokens'
        $output | Should -Contain 'ERRORS: 0'
    }

    It 'fails with what the service said, and cleans up' {
        $output = Invoke-FreshShell -ExpectedExitCode 1 "Import-Module '$(Get-ModulePath)'; & '$root/examples/quickstart.ps1' -Model no-such-model"
        "$output" | Should -Match 'no-such-model'
    }
}

Describe 'examples/seed.json' {
    BeforeAll { Import-Module (Get-ModulePath) }
    AfterAll { Stop-AzOpenAIEmulator }

    It 'starts an emulator that has a deployment already' {
        $emulator = Start-AzOpenAIEmulator -Seed "$root/examples/seed.json"
        $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri
        (Get-AzOpenAIDeployment contoso chat).Model | Should -Be 'gpt-5-mini'
    }
}

Describe 'The examples' {
    It 'are each named in a test' {
        $tests = [IO.File]::ReadAllText($PSCommandPath)
        foreach ($file in [IO.Directory]::GetFiles("$root/examples")) {
            $tests | Should -Match ([regex]::Escape([IO.Path]::GetFileName($file)))
        }
    }
}

# Every argument completer that a parameter has, found in the module: quiet without a context, when the service refuses and when it does not answer.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global
    $cases = @(foreach ($command in Get-Command -Module AzOpenAI -CommandType Cmdlet) {
        foreach ($parameter in $command.Parameters.Values) {
            foreach ($attribute in $parameter.Attributes | Where-Object { $_ -is [ArgumentCompleter] -and $_.Type }) {
                @{ Command = $command.Name; Parameter = $parameter.Name; Completer = $attribute.Type }
            }
        }
    })
    $kinds = @($cases | Group-Object { $_.Completer.FullName } | ForEach-Object { $_.Group[0] })
    $found = @{ Cases = $cases.Count; Kinds = $kinds.Count }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Deployment chat

    function Connect-Again { $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri }

    # What the completer itself answers; the engine would put names of files where it answers nothing.
    function Complete([type] $Completer, [string] $Command, [string] $Parameter) {
        $typed = @{ Resource = 'contoso'; ResourceGroupName = 'rg'; ResourceName = 'contoso'; Location = 'swedencentral'; Model = 'gpt-5-mini'; Name = ''; Version = '' }
        $typed.Remove($Parameter)
        $line = [System.Management.Automation.Language.Parser]::ParseInput($Command, [ref] $null, [ref] $null)
        $ast = $line.Find({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
        @([Activator]::CreateInstance($Completer).CompleteArgument($Command, $Parameter, '', $ast, $typed))
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'A completer' {
    BeforeEach { Connect-Again }
    AfterEach { Clear-EmulatorFault $emulator }

    It 'is found at many parameters' -ForEach $found {
        $Cases | Should -BeGreaterThan 20
        $Kinds | Should -BeGreaterThan 6
    }

    It 'of -<Parameter> of <Command> asks nobody without a context, and does not throw' -ForEach $cases {
        Disconnect-AzOpenAI
        $before = @(Get-EmulatorRequest $emulator).Count
        $errors = $global:Error.Count
        { Complete $Completer $Command $Parameter } | Should -Not -Throw
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
        $global:Error.Count | Should -Be $errors
    }

    It 'of the kind <Completer.Name> offers nothing where the service refuses, and offers again afterwards' -ForEach $kinds {
        $usual = @(Complete $Completer $Command $Parameter)
        Connect-Again
        Add-EmulatorDenial $emulator
        $before = @(Get-EmulatorRequest $emulator).Count
        $errors = $global:Error.Count
        $offered = @(Complete $Completer $Command $Parameter)
        if (@(Get-EmulatorRequest $emulator).Count -gt $before) { $offered | Should -BeNullOrEmpty }
        $global:Error.Count | Should -Be $errors
        Clear-EmulatorFault $emulator
        @(Complete $Completer $Command $Parameter).Count | Should -Be $usual.Count
    }

    It 'of the kind <Completer.Name> gives up soon where the service does not answer' -ForEach $kinds {
        $usual = @(Complete $Completer $Command $Parameter)
        Connect-Again
        Add-EmulatorStall $emulator
        $before = @(Get-StalledRequest $emulator).Count
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $offered = @(Complete $Completer $Command $Parameter)
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 15
        if (@(Get-StalledRequest $emulator).Count -gt $before) { $offered | Should -BeNullOrEmpty } else { $offered.Count | Should -Be $usual.Count }
    }

    It 'of the kind <Completer.Name> answers the second press from memory' -ForEach $kinds {
        $first = @(Complete $Completer $Command $Parameter)
        Add-EmulatorStall $emulator
        $before = @(Get-EmulatorRequest $emulator).Count
        if ($first.Count) { @(Complete $Completer $Command $Parameter).CompletionText | Should -Be $first.CompletionText }
        @(Get-EmulatorRequest $emulator).Count | Should -Be $before
    }
}

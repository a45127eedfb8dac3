# The README is followed to the letter: no block stands in it that nobody runs, but for what needs Azure, a person or a clone.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $text = [IO.File]::ReadAllText([IO.Path]::Combine((Get-RepositoryRoot), 'README.md'))
    $blocks = [regex]::Matches($text, '(?ms)^```(\w*)\r?\n(.*?)^```').ForEach({ @{ Language = $_.Groups[1].Value; Code = $_.Groups[2].Value.TrimEnd() } })
    $powershell = @($blocks | Where-Object Language -EQ powershell)
    # The script of the workflow, without the indentation of YAML.
    $workflow = [regex]::Match(@($blocks | Where-Object Language -EQ yaml)[0].Code, '(?s)run: \|\r?\n(.*)').Groups[1].Value
    $scripts = @($powershell.Code) + $workflow | ForEach-Object { @{ Code = $_; Line = $_.Trim().Split("`n")[0].Trim() } }
    $commands = $blocks | Where-Object Language -EQ '' | ForEach-Object { $_.Code -split '\r?\n' } | ForEach-Object { @{ Command = $_ } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global -ErrorAction Stop
    $root = Get-RepositoryRoot
    $text = [IO.File]::ReadAllText("$root/README.md")
    $blocks = [regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```').ForEach({ $_.Groups[1].Value })

    # Runs the statements of a block one by one on an emulator, as far as no person is needed.
    function Invoke-Block([string] $Code, [string] $Setup, [string] $Skip) {
        $statements = [Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $null).EndBlock.Statements.Extent.Text
        $file = Join-Path $TestDrive 'block.ps1'
        $lines = @($statements | Where-Object { -not $Skip -or $_ -notmatch $Skip })
        $run = $lines | ForEach-Object { "try { $_ } catch { `"FAILED: `$_`" }" }
        Set-Content $file (@($Setup) + "Set-Location '$TestDrive'" + $run + "'done'")
        $shell = Get-Shell
        $output = & $shell.Program $shell.Argument -NoProfile -NonInteractive -File $file 2>&1
        $output -match '^FAILED:' | Should -BeNullOrEmpty
        $output | Should -Contain 'done'
    }

    $setup = "`$ErrorActionPreference = 'Stop'; `$ConfirmPreference = 'None'; Import-Module '$(Get-ModulePath)'; `$emulator = Start-AzOpenAIEmulator; `$null = Connect-AzOpenAI -Emulator"
}

Describe 'The command line <Command>' -ForEach $commands {
    It 'is one that a test or .ci/run runs' {
        $elsewhere = 'git clone <this repository>', 'cd AzOpenAI', 'dotnet build', 'dotnet run --project src/AzOpenAI.Cli -- quickstart', 'dotnet test'
        $Command | Should -BeIn ($elsewhere + 'dotnet tool restore' + 'dotnet pwsh')
    }
}

Describe 'The script that begins with <Line>' -ForEach $scripts {
    It 'is PowerShell, of commands and parameters that exist' {
        $problems = $null
        $ast = [Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $problems)
        $problems | Should -BeNullOrEmpty
        foreach ($call in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
            $command = Get-Command $call.GetCommandName() -ErrorAction Stop
            foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                { $command.ResolveParameter($parameter.ParameterName) } | Should -Not -Throw -Because "$($call.Extent.Text)"
            }
        }
    }
}

Describe 'Whoever has no PowerShell' {
    It 'gets one by "dotnet tool restore", follows the first steps in "dotnet pwsh", and has help and completion there' {
        $said = & dotnet tool restore --tool-manifest "$root/.config/dotnet-tools.json" 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        $walk = @($blocks -match 'Import-Module' -match 'Invoke-AzOpenAIChat')[0] -replace '\./out/AzOpenAI', "'$(Get-ModulePath)'"
        $file = Join-Path $TestDrive 'walk.ps1'
        Set-Content $file @"
`$ErrorActionPreference = 'Stop'
$walk
"HOST: `$([IO.Path]::GetFileNameWithoutExtension([Environment]::ProcessPath)) `$(`$PSVersionTable.PSVersion)"
"SYNOPSIS: `$((Get-Help Invoke-AzOpenAIChat).Synopsis)"
"TAB: `$([Management.Automation.CommandCompletion]::CompleteInput('Get-AzOpenAIDeployment conto', 28, `$null).CompletionMatches.CompletionText)"
"ERRORS: `$(`$Error.Count)"
"@
        Push-Location $root
        try { $output = & dotnet pwsh -NoProfile -NonInteractive -File $file 2>&1 | Out-String } finally { Pop-Location }
        $LASTEXITCODE | Should -Be 0 -Because $output
        $output | Should -Match '(?m)^HOST: dotnet 7\.6\.'
        $output | Should -Match 'Hello'
        $output | Should -Match '(?m)^SYNOPSIS: [A-Z][^\[]+\.'
        $output | Should -Match '(?m)^TAB: contoso'
        $output | Should -Match '(?m)^ERRORS: 0'
    }
}

Describe 'On the emulator' {
    It 'the walk through Azure runs' {
        $block = @($blocks -match "Connect-AzOpenAI -Subscription 'My subscription'")[0]
        $block | Should -Not -BeNullOrEmpty
        Invoke-Block $block $setup 'Connect-AzOpenAI'
    }

    It 'the day to day runs' {
        $block = @($blocks -match 'Get-AzOpenAIUsage')[0]
        $block | Should -Not -BeNullOrEmpty
        Set-Content (Join-Path $TestDrive 'reviews.txt') 'Good.', 'Bad.'
        $made = "`$resource = New-AzOpenAIResource rg contoso-ai swedencentral -CreateResourceGroup; `$deployment = `$resource | New-AzOpenAIDeployment -Model gpt-5-mini"
        # A question to a person, a chat in a terminal, and what that saved.
        Invoke-Block $block "$setup; $made" '-Tool \$service|Enter-AzOpenAIChat|talk\.json|New-AzOpenAITool'
    }
}

# Who is asked before a tool runs, and what happens where nobody answers.

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module "$PSScriptRoot/../PromptHost.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Deployment chat
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $class = 'AzOpenAI.Commands.InvokeAzOpenAIChatCommand'
    $setup = @'
$tool = New-AzOpenAITool -ScriptBlock { param([string] $Text) $log.Enqueue($Text); "did $Text" } -Name do_it -Description 'Does it.'
$other = New-AzOpenAITool -ScriptBlock { param([string] $Text) $log.Enqueue("other $Text"); "did other $Text" } -Name other -Description 'Does another.'
$unseen = New-AzOpenAITool -ScriptBlock { param([string] $Text) $log.Enqueue("unseen $Text"); "did unseen $Text" } -Name unseen -Description 'Does it unseen.' -AllowUnattended

'@
    function Ask([string] $Line, [string[]] $Answer = @()) {
        $script:log = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        Invoke-WithAnswer ($setup + $Line) -Answer $Answer -Variable @{ key = $key; log = $log } -ModulePath (Get-ModulePath)
    }
    $both = '[[tool:do_it {"Text":"a"}]] [[tool:do_it {"Text":"b"}]]'
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'The question before a tool runs' {
    It 'shows the tool and its arguments, and Yes runs it once' {
        $run = Ask "Invoke-AzOpenAIChat '$both' -Connection `$key -Tool `$tool" -Answer Yes, No
        $run.Errors | Should -BeNullOrEmpty
        @($log) | Should -Be 'a'
        $run.Questions.Count | Should -Be 2
        $run.Questions[0] | Should -Match 'do_it'
        $run.Questions[0] | Should -Match '-Text "a"'
        $run.Output[0].ToolRuns.Status | Should -Be 'Completed', 'Declined'
        $run.Output[0].ToolRuns[1].Output | Should -Match 'the user declined'
    }

    It 'is no where no answer is given' {
        $run = Ask "Invoke-AzOpenAIChat '[[tool:do_it]]' -Connection `$key -Tool `$tool" -Answer ''
        @($log).Count | Should -Be 0
        $run.Defaults | Should -Be 2
        $run.Output[0].ToolRuns[0].Status | Should -Be 'Declined'
    }

    It 'Yes to All holds for the calls of that tool in this command, not for another tool' {
        $run = Ask "'x', 'y' | Invoke-AzOpenAIChat -Template '$both [[tool:other {""Text"":""c""}]]' -Connection `$key -Tool `$tool, `$other" -Answer 'Yes to All', 'No', 'Yes'
        $run.Questions.Count | Should -Be 3
        @($log) | Should -Be 'a', 'b', 'a', 'b', 'other c'
        $null = Ask "Invoke-AzOpenAIChat '$both' -Connection `$key -Tool `$tool; Invoke-AzOpenAIChat '$both' -Connection `$key -Tool `$tool" -Answer 'Yes to All', 'No to All'
        @($log) | Should -Be 'a', 'b'
    }

    It 'No to All holds for everything that asks' {
        $run = Ask "Invoke-AzOpenAIChat '$both [[tool:other {""Text"":""c""}]]' -Connection `$key -Tool `$tool, `$other" -Answer 'No to All'
        $run.Questions.Count | Should -Be 1
        @($log).Count | Should -Be 0
        $run.Output[0].ToolRuns.Status | Should -Be 'Declined', 'Declined', 'Declined'
        $run.Output[0].FinishReason | Should -Be 'stop'
    }

    It 'is not asked for a tool that may run unattended' {
        $run = Ask "Invoke-AzOpenAIChat '[[tool:unseen {""Text"":""a""}]]' -Connection `$key -Tool `$unseen"
        $run.Questions | Should -BeNullOrEmpty
        @($log) | Should -Be 'unseen a'
    }

    It 'cannot be switched off by <_>' -ForEach '-Confirm:$false', '; $ConfirmPreference = "None"' {
        $line = if ($_ -like ';*') { "$($_.TrimStart(';')); Invoke-AzOpenAIChat '$both' -Connection `$key -Tool `$tool" } else { "Invoke-AzOpenAIChat '$both' -Connection `$key -Tool `$tool $_" }
        $run = Ask $line -Answer No, No
        $run.Questions.Count | Should -Be 2
        @($log).Count | Should -Be 0
    }

    It 'shows nothing that moves the cursor or hides' {
        $run = Ask ('$text = "a" + [char]27 + "[2K" + [char]0x202e + "b" + [char]13 | ConvertTo-Json -EscapeHandling EscapeNonAscii; ' +
            'Invoke-AzOpenAIChat "[[tool:do_it {`"Text`":$text}]]" -Connection $key -Tool $tool') -Answer No
        $run.Questions.Count | Should -Be 1
        $run.Questions[0] | Should -Not -Match '[\u0000-\u0009\u000b-\u001f\u202e]'
        $run.Questions[0] | Should -Match 'u202e'
    }

    It 'comes after the check of the arguments: nobody is asked about a call that cannot run' {
        $run = Ask "Invoke-AzOpenAIChat '[[tool:do_it {""Txt"":1}]]' -Connection `$key -Tool `$tool"
        $run.Questions | Should -BeNullOrEmpty
        $run.Output[0].ToolRuns[0].Status | Should -Be 'InvalidArguments'
    }

    It 'that nobody answers is an error, nothing runs, and the error keeps the answer' {
        $run = Ask "Invoke-AzOpenAIChat '$both' -Connection `$key -Tool `$tool; 'after'"
        @($log).Count | Should -Be 0
        $run.Output | Should -Be 'after'
        $run.Errors.Count | Should -Be 1
        $run.Errors[0].FullyQualifiedErrorId | Should -Be "ToolNeedsApproval,$class"
        Find-ErrorDefect $run.Errors[0] | Should -BeNullOrEmpty
        $run.Errors[0].Exception.Partial.ToolCalls.Count | Should -Be 2
    }
}

Describe '-WhatIf and -Confirm' {
    It '-WhatIf shows the calls and runs none, unattended or not' {
        $run = Ask "Invoke-AzOpenAIChat '[[tool:do_it {""Text"":""a""}]] [[tool:unseen {""Text"":""b""}]]' -Connection `$key -Tool `$tool, `$unseen -WhatIf"
        @($log).Count | Should -Be 0
        $run.Output | Should -BeNullOrEmpty
        $run.Errors | Should -BeNullOrEmpty
        $run.Questions | Should -BeNullOrEmpty
    }

    It '$WhatIfPreference runs none either' {
        $null = Ask "`$WhatIfPreference = `$true; Invoke-AzOpenAIChat '[[tool:unseen]]' -Connection `$key -Tool `$unseen"
        @($log).Count | Should -Be 0
    }

    It '-WhatIf changes nothing where no tool is called' {
        (Ask "Invoke-AzOpenAIChat 'Hello' -Connection `$key -Tool `$tool -WhatIf").Output[0].FinishReason | Should -Be 'stop'
        (Ask "Invoke-AzOpenAIChat 'Hello' -Connection `$key -WhatIf").Output[0].FinishReason | Should -Be 'stop'
    }

    It '-Confirm asks for unattended tools, too' {
        $run = Ask "Invoke-AzOpenAIChat '[[tool:unseen {""Text"":""b""}]]' -Connection `$key -Tool `$unseen -Confirm" -Answer No
        $run.Questions.Count | Should -Be 1
        @($log).Count | Should -Be 0
        $run.Output[0].ToolRuns[0].Status | Should -Be 'Declined'
    }
}

Describe 'A shell without a user' {
    BeforeAll {
        $arguments = "Import-Module '$(Get-ModulePath)'; `$null = Connect-AzOpenAI -Emulator -EmulatorUri $($emulator.Uri); `$ErrorActionPreference = 'Stop'
            `$key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
            `$tool = New-AzOpenAITool -ScriptBlock { [Console]::Out.WriteLine('IT RAN'); 'done' } -Name do_it -Description 'Does it.'"
        function Get-DataCall { @(Get-EmulatorRequest $emulator | Where-Object { $_.plane -eq 'data' }).Count }
    }

    It 'that was started with -NonInteractive refuses before anything is asked' {
        $before = Get-DataCall
        $lines = Invoke-FreshShell "$arguments; try { Invoke-AzOpenAIChat '[[tool:do_it]]' -Connection `$key -Tool `$tool } catch { `$_.FullyQualifiedErrorId; ""`$_"" }"
        $lines -join "`n" | Should -Match '(?s)ToolNeedsApproval,.*-NonInteractive'
        $lines | Should -Not -Contain 'IT RAN'
        Get-DataCall | Should -Be $before
    }

    It 'that was started with -NonInteractive runs unattended tools, and returns calls with -MaxRounds 0' {
        $lines = Invoke-FreshShell ("$arguments; (Invoke-AzOpenAIChat '[[tool:do_it]]' -Connection `$key -Tool `$tool -MaxRounds 0).ToolCalls.Name; " +
            "`$tool = New-AzOpenAITool -ScriptBlock { 'done' } -Name quiet -Description 'Quiet.' -AllowUnattended; ""`$(Invoke-AzOpenAIChat '[[tool:quiet]]' -Connection `$key -Tool `$tool)""")
        $lines | Should -Contain 'do_it'
        $lines | Should -Contain 'The tools said: done'
        $lines | Should -Not -Contain 'IT RAN'
    }

    It 'whose input has ended runs nothing' {
        $script = [IO.Path]::Combine($TestDrive, 'ask.ps1')
        Set-Content $script "$arguments; try { `$answer = Invoke-AzOpenAIChat '[[tool:do_it]]' -Connection `$key -Tool `$tool; 'status ' + `$answer.ToolRuns[0].Status } catch { `$_.FullyQualifiedErrorId }"
        $start = New-ShellStartInfo '-NoProfile', '-File', $script
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        try {
            $process.StandardInput.Close()
            $output = $process.StandardOutput.ReadToEndAsync()
            $process.WaitForExit(60000) | Should -BeTrue
            $output.GetAwaiter().GetResult() | Should -Match 'status Declined|ToolNeedsApproval'
            $output.GetAwaiter().GetResult() | Should -Not -Match 'IT RAN'
        }
        finally {
            if (-not $process.HasExited) { $process.Kill($true) }
            $process.Dispose()
        }
    }
}

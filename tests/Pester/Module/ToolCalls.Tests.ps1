# The loop in which a model asks for tools: what runs, what does not, and what each side is told.

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $class = 'AzOpenAI.Commands.InvokeAzOpenAIChatCommand'
    $modulePath = Get-ModulePath

    function Get-Weather {
        <#
        .SYNOPSIS
        Tells the weather of a city.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [string] $City, [ValidateRange(1, 7)] [int] $Days = 1)
        $script:ran.Add("$City $Days")
        "Rain in $City for $Days day(s)"
    }

    function Add-Answer([hashtable] $Answer) { $null = Invoke-EmulatorControl $emulator answers -Method POST -Body $Answer }
    function Get-ChatCall { @(Get-EmulatorRequest $emulator | Where-Object { $_.plane -eq 'data' -and $_.path -like '*chat/completions*' }) }
    # The answer; the warnings are in $told.
    function Ask([string] $Prompt) {
        $answer = Invoke-AzOpenAIChat $Prompt -Connection $key -Tool $tool -WarningVariable warned -WarningAction SilentlyContinue @args
        $script:told = $warned
        $answer
    }

    $tool = New-AzOpenAITool Get-Weather -AllowUnattended
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'A tool that the model asks for' {
    BeforeEach {
        $script:ran = [System.Collections.Generic.List[string]]::new()
        $script:told = @()
        $null = Invoke-EmulatorControl $emulator answers -Method DELETE
    }

    It 'runs with typed values, and the model answers with its result' {
        $before = @(Get-ChatCall).Count
        $answer = Ask '[[tool:Get-Weather {"City":"Oslo","Days":3}]]'
        $ran | Should -Be 'Oslo 3'
        @($answer).Count | Should -Be 1
        $answer.Content | Should -Be 'The tools said: Rain in Oslo for 3 day(s)'
        $answer.FinishReason | Should -Be 'stop'
        $answer.Rounds | Should -Be 2
        @($answer.ToolRuns).Count | Should -Be 1
        $answer.ToolRuns[0].Status | Should -Be 'Completed'
        $answer.ToolRuns[0].Round | Should -Be 1
        $answer.ToolRuns[0].Output | Should -Be 'Rain in Oslo for 3 day(s)'
        $answer.ToolMessages.Role | Should -Be 'assistant', 'tool'
        @(Get-ChatCall).Count - $before | Should -Be 2
    }

    It 'is billed with all rounds, and the last one is told apart' {
        $answer = Ask '[[tool:Get-Weather {"City":"Oslo"}]]'
        $answer.Usage.TotalTokens | Should -BeGreaterThan $answer.LastUsage.TotalTokens
        $answer.Usage.TotalTokens | Should -Be ($answer.Usage.PromptTokens + $answer.Usage.CompletionTokens)
        $plain = Ask 'Hello'
        $plain.Rounds | Should -Be 1
        $plain.ToolRuns.Count | Should -Be 0
        $plain.LastUsage | Should -Be $plain.Usage
    }

    It 'answers all calls of one answer, in order' {
        $answer = Ask '[[tool:Get-Weather {"City":"Oslo"}]] [[tool:Get-Weather {"City":"Lund"}]] [[tool:Get-Weather {"City":"Riga"}]]'
        $ran | Should -Be 'Oslo 1', 'Lund 1', 'Riga 1'
        $answer.ToolRuns.Output | Should -Be 'Rain in Oslo for 1 day(s)', 'Rain in Lund for 1 day(s)', 'Rain in Riga for 1 day(s)'
        $answer.ToolMessages.Role | Should -Be 'assistant', 'tool', 'tool', 'tool'
        @($answer.ToolMessages[1..3].ToolCallId | Sort-Object -Unique).Count | Should -Be 3
        $answer.Rounds | Should -Be 2
    }

    It 'works while streaming: the text to the host, then the object' {
        Add-Answer @{ text = 'Let me see.'; toolCalls = @(@{ name = 'Get-Weather'; arguments = @{ City = 'Oslo' } }) }
        $records = Ask 'Hello' -Stream 6>&1
        $ran | Should -Be 'Oslo 1'
        $answer = $records | Where-Object { $_ -is [AzOpenAI.ChatCompletion] }
        @($answer).Count | Should -Be 1
        $answer.Streamed | Should -BeTrue
        $answer.ToolRuns[0].Status | Should -Be 'Completed'
        $shown = -join ($records | Where-Object { $_ -is [System.Management.Automation.InformationRecord] } | ForEach-Object { $_.MessageData.Message })
        $shown | Should -Match 'Let me see\..*The tools said: Rain in Oslo'
    }

    It 'works with -StreamText' {
        -join (Ask '[[tool:Get-Weather {"City":"Oslo"}]]' -StreamText) | Should -Match 'The tools said: Rain in Oslo'
        $ran | Should -Be 'Oslo 1'
    }

    It 'works for each item of the pipeline' {
        $answers = 'Oslo', 'Lund' | Invoke-AzOpenAIChat -Template '[[tool:Get-Weather {"City":"{0}"}]]' -Connection $key -Tool $tool
        $answers.Content | Should -Be 'The tools said: Rain in Oslo for 1 day(s)', 'The tools said: Rain in Lund for 1 day(s)'
    }

    It 'works for items side by side, one tool at a time and answers in order' {
        $answers = 1..12 | ForEach-Object { "[[tool:Get-Weather {""City"":""Oslo $_""}]]" } | Invoke-AzOpenAIChat -Connection $key -Tool $tool -ThrottleLimit 4
        $answers.Count | Should -Be 12
        $answers.ToolRuns.Output | Should -Be (1..12 | ForEach-Object { "Rain in Oslo $_ for 1 day(s)" })
        $answers.Rounds | Select-Object -Unique | Should -Be 2
        $script:ran | Sort-Object -Unique | Should -HaveCount 12
        $none = 'a [[tool:Get-Weather {"City":"Oslo"}]]', 'b' | Invoke-AzOpenAIChat -Connection $key -Tool $tool -ThrottleLimit 2 -WhatIf
        @($none).Count | Should -Be 1 -Because 'the model did not ask for a tool in the second'
        $script:ran.Count | Should -Be 12
    }

    It 'does not go into a journal' {
        { 'a' | Invoke-AzOpenAIChat -Connection $key -Tool $tool -JournalPath (Join-Path TestDrive: j.jsonl) -ErrorAction Stop } | Should -Throw -ErrorId "ParameterConflict,$class"
    }

    It 'gives the answer the form that was asked for' {
        $answer = Ask '[[tool:Get-Weather {"City":"Oslo"}]]' -Schema @{ type = 'object'; properties = @{ answer = @{ type = 'string' } } }
        $answer.psobject.Properties.Name | Should -Contain 'answer'
        $ran | Should -Be 'Oslo 1'
    }

    It 'goes back to the model with arguments that do not fit, and runs nothing: <Why>' -ForEach @(
        @{ Why = 'no JSON'; Arguments = '{"City":'; Says = "aren't valid JSON" }
        @{ Why = 'no object'; Arguments = '"Oslo"'; Says = "aren't a JSON object" }
        @{ Why = 'missing'; Arguments = '{}'; Says = "'City' is required" }
        @{ Why = 'out of range'; Arguments = '{"City":"Oslo","Days":8}'; Says = "'Days' must be at most 7" }
        @{ Why = 'wrong type'; Arguments = '{"City":"Oslo","Days":"many"}'; Says = "'Days' must be integer, not string" }
        @{ Why = 'unknown parameter'; Arguments = '{"City":"Oslo","Country":"NO"}'; Says = "no parameter 'Country'" }
        @{ Why = 'common parameter'; Arguments = '{"City":"Oslo","ErrorAction":"Ignore"}'; Says = "no parameter 'ErrorAction'" }
        @{ Why = 'twice'; Arguments = '{"City":"Oslo","city":"Lund"}'; Says = 'specified twice' }
        @{ Why = 'overflow'; Arguments = '{"City":"Oslo","Days":99999999999999999999}'; Says = "'Days'" }
    ) {
        Add-Answer @{ toolCalls = @(@{ name = 'Get-Weather'; arguments = $Arguments }) }
        $answer = Ask 'Hello'
        $ran.Count | Should -Be 0
        $answer.ToolRuns[0].Status | Should -Be 'InvalidArguments'
        $answer.ToolRuns[0].Output | Should -Match ([regex]::Escape($Says))
        $answer.Content | Should -Match 'The tools said: Error'
    }

    It 'never runs a command that is no tool of the call, and says so to both' {
        Add-Answer @{ toolCalls = @(@{ name = 'Remove-Item'; arguments = @{ Path = '/' } }, @{ name = 'Get-Weather'; arguments = @{ City = 'Oslo' } }) }
        $answer = Ask 'Hello'
        $answer.ToolRuns.Status | Should -Be 'UnknownTool', 'Completed'
        $answer.ToolRuns[0].Output | Should -Match "tool 'Remove-Item' doesn't exist\. Available tools: Get-Weather"
        "$told" | Should -Match "'Remove-Item'"
    }

    It 'never takes text of the model for code' {
        $probe = [IO.Path]::Combine($TestDrive, 'written')
        $city = "x'; Set-Content '$probe' 1; `$(Set-Content '$probe' 1) {0}"
        Add-Answer @{ toolCalls = @(@{ name = 'Get-Weather'; arguments = @{ City = $city } }) }
        $null = Ask 'Hello'
        $ran | Should -Be "$city 1"
        [IO.File]::Exists($probe) | Should -BeFalse
    }

    It 'tells the model the error of a tool that throws, and warns the user: <Why>' -ForEach @(
        @{ Why = 'throw'; Code = { throw "it`nbroke" }; Preference = 'Continue' }
        @{ Why = 'Write-Error'; Code = { Write-Error 'it broke' }; Preference = 'Continue' }
        @{ Why = 'a cmdlet that ends'; Code = { Get-Item -LiteralPath 'it broke' -ErrorAction Stop }; Preference = 'Continue' }
        @{ Why = 'errors that are hidden'; Code = { Write-Error 'it broke' }; Preference = 'SilentlyContinue' }
        @{ Why = 'errors that stop'; Code = { Write-Error 'it broke'; 'not reached' }; Preference = 'Stop' }
    ) {
        $tool = New-AzOpenAITool -ScriptBlock $Code -Name break_it -Description 'Breaks.' -AllowUnattended
        $ErrorActionPreference = $Preference
        $answer = Ask '[[tool:break_it]]'
        $answer.ToolRuns[0].Status | Should -Be 'Failed'
        $answer.ToolRuns[0].Output | Should -Match 'Error: .*it ?broke'
        $answer.ToolRuns[0].Output | Should -Not -Match 'not reached'
        $answer.Content | Should -Match 'The tools said: .*it ?broke'
        "$told" | Should -Match 'break_it failed'
    }

    It 'is not left by break or continue: the script of the caller goes on' -ForEach @(
        @{ Code = { break } }, @{ Code = { continue } }, @{ Code = { break outer } }
    ) {
        $tool = New-AzOpenAITool -ScriptBlock $Code -Name leave -Description 'Leaves.' -AllowUnattended
        $turns = foreach ($turn in 1, 2) { (Ask '[[tool:leave]]').FinishReason }
        $turns | Should -Be 'stop', 'stop'
    }

    It 'shows its warnings and texts to the user only' {
        $tool = New-AzOpenAITool -ScriptBlock { Write-Warning 'for the user'; Write-Host 'also for the user'; Write-Verbose 'so is this' -Verbose; 'for the model' } -Name talk -Description 'Talks.' -AllowUnattended
        $all = Invoke-AzOpenAIChat '[[tool:talk]]' -Connection $key -Tool $tool *>&1
        ($all | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }).Message | Should -Be 'for the user'
        "$($all | Where-Object { $_ -is [System.Management.Automation.InformationRecord] })" | Should -Be 'also for the user'
        ($all | Where-Object { $_ -is [AzOpenAI.ChatCompletion] }).ToolRuns[0].Output | Should -Be 'for the model'
    }

    It 'keeps the variables of its closure and of its session' {
        $greeting = 'Good day'
        $closed = { param([string] $Name) "$greeting, $Name" }.GetNewClosure()
        $greeting = 'changed'
        $tool = New-AzOpenAITool -ScriptBlock $closed -Name greet -Description 'Greets.' -AllowUnattended
        (Ask '[[tool:greet {"Name":"Ada"}]]').ToolRuns[0].Output | Should -Be 'Good day, Ada'
        $tool = New-AzOpenAITool -ScriptBlock { param([string] $Name) "$greeting, $Name" } -Name greet -Description 'Greets.' -AllowUnattended
        (Ask '[[tool:greet {"Name":"Ada"}]]').ToolRuns[0].Output | Should -Be 'changed, Ada'
    }

    It 'runs a private function of a module in its module' {
        $module = New-Module { $inside = 'from inside'; function Get-Inside { $inside } } | Import-Module -PassThru
        try {
            $tool = New-AzOpenAITool Get-Inside -Description 'Looks inside.' -AllowUnattended
            (Ask '[[tool:Get-Inside]]').ToolRuns[0].Output | Should -Be 'from inside'
        }
        finally { Remove-Module $module }
    }

    It 'runs what was registered, not what was written under the name since' {
        function Get-Registered { 'registered' }
        $tool = New-AzOpenAITool Get-Registered -Description 'Original.' -AllowUnattended
        function Get-Registered { 'another' }
        (Ask '[[tool:Get-Registered]]').ToolRuns[0].Output | Should -Be 'registered'
    }
}

Describe 'The end of the rounds' {
    BeforeEach {
        $script:ran = [System.Collections.Generic.List[string]]::new()
        $null = Invoke-EmulatorControl $emulator answers -Method DELETE
    }
    AfterAll { $null = Invoke-EmulatorControl $emulator answers -Method DELETE }

    It '-MaxRounds is an error that keeps the answer so far and what ran' {
        Add-Answer @{ text = 'Once more.'; toolCalls = @(@{ name = 'Get-Weather'; arguments = @{ City = 'Oslo' } }); count = $null }
        $failure = Get-Failure { Ask 'Hello' -MaxRounds 3 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ToolRoundsExceeded,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $ran.Count | Should -Be 3
        $partial = $failure.Exception.Partial
        $partial.Content | Should -Be 'Once more.'
        $partial.ToolRuns.Count | Should -Be 3
        $partial.ToolCalls.Count | Should -Be 1
        $partial.Usage.TotalTokens | Should -BeGreaterThan $partial.LastUsage.TotalTokens
    }

    It '-MaxRounds 0 returns the calls and runs none, with descriptions alone, too' {
        $answer = Ask '[[tool:Get-Weather {"City":"Oslo"}]]' -MaxRounds 0
        $answer.ToolCalls.Name | Should -Be 'Get-Weather'
        $answer.ToolRuns.Count | Should -Be 0
        $ran.Count | Should -Be 0
        $own = [AzOpenAI.ChatToolDefinition]::new('lookup', '{"type":"object","properties":{"q":{"type":"string"}}}')
        (Invoke-AzOpenAIChat '[[tool:lookup {"q":"x"}]]' -Connection $key -Tool $own -MaxRounds 0).ToolCalls[0].Arguments | Should -Be '{"q":"x"}'
    }

    It '-MaxRounds 0 and messages make a loop of your own' {
        $answer = Ask '[[tool:Get-Weather {"City":"Oslo"}]]' -MaxRounds 0
        $messages = @(
            @{ role = 'user'; content = '[[tool:Get-Weather {"City":"Oslo"}]]' }
            $answer.Choices[0].ToMessage()
            foreach ($call in $answer.ToolCalls) { @{ role = 'tool'; tool_call_id = $call.Id; content = 'sunny' } }
        )
        (Invoke-AzOpenAIChat $messages -Connection $key -Tool $tool -MaxRounds 0).Content | Should -Be 'The tools said: sunny'
    }

    It '-ToolChoice required and a name hold for the first round only' -ForEach 'required', 'Get-Weather', 'get-weather', 'Required' {
        $answer = Ask 'Hello' -ToolChoice $_
        $answer.Rounds | Should -Be 2
        $answer.FinishReason | Should -Be 'stop'
        $ran.Count | Should -Be 1
    }

    It '-ToolChoice none calls nothing' {
        (Ask '[[tool:Get-Weather {"City":"Oslo"}]]' -ToolChoice none).ToolRuns.Count | Should -Be 0
        $ran.Count | Should -Be 0
    }

    It 'an error of the service after a tool has run tells what ran' {
        $tool = New-AzOpenAITool -ScriptBlock { Add-EmulatorFault $emulator @{ kind = 'error'; error = 'context_length'; match = @{ plane = 'data' } }; 'done' } -Name spoil -Description 'Spoils.' -AllowUnattended
        try { $failure = Get-Failure { Ask '[[tool:spoil]]' -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "ContextLengthExceeded,$class"
        $failure.Exception.Partial.ToolRuns[0].Output | Should -Be 'done'
    }
}

Describe 'Tools that cannot be used' {
    It '<Id>: <Why>' -ForEach @(
        @{ Id = 'ToolNameDuplicate'; Why = 'one name twice'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -Tool $tool, $tool } }
        @{ Id = 'ToolNameDuplicate'; Why = 'in another case'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -Tool $tool, (New-AzOpenAITool Get-Weather -Name GET-WEATHER) } }
        @{ Id = 'ToolInvalid'; Why = 'a name'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -Tool Get-Date } }
        @{ Id = 'ToolInvalid'; Why = 'a list of names'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -Tool $tool, 'Get-Date' } }
        @{ Id = 'ToolMissing'; Why = 'a choice without tools'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -ToolChoice auto } }
        @{ Id = 'ToolMissing'; Why = 'rounds without tools'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -MaxRounds 2 } }
        @{ Id = 'ToolChoiceUnknown'; Why = 'a choice that is no tool'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -Tool $tool -ToolChoice Get-Wether } }
        @{ Id = 'ToolNotRunnable'; Why = 'a description'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -Tool ([AzOpenAI.ChatToolDefinition]::new('x', '{}')) } }
        @{ Id = 'ToolNotRunnable'; Why = 'out of another process'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -Tool ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($tool))) } }
        @{ Id = 'ParameterConflict'; Why = 'several choices'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -Tool $tool -ChoiceCount 2 } }
        @{ Id = 'ParameterConflict'; Why = 'calls as text'; Line = { Invoke-AzOpenAIChat 'Hello' -Connection $key -Tool $tool -MaxRounds 0 -StreamText } }
    ) {
        $before = @(Get-ChatCall).Count
        $failure = Get-Failure $Line
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        @(Get-ChatCall).Count | Should -Be $before -Because 'nothing was asked'
    }

    It 'ToolNotRunnable: a tool of another runspace' {
        $failure = $tool | ForEach-Object -Parallel {
            Import-Module $using:modulePath
            try { Invoke-AzOpenAIChat 'Hello' -Connection $using:key -Tool $_ -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
        }
        $failure | Should -Be "ToolNotRunnable,$class"
    }
}

Describe 'Ctrl+C' {
    It 'ends the tool that runs' {
        $job = Start-InRunspace $emulator @'
$tool = New-AzOpenAITool -ScriptBlock { $log.Enqueue('started'); try { Start-Sleep -Seconds 120 } finally { $log.Enqueue('left') } } -Name wait -Description 'Waits.' -AllowUnattended
Invoke-AzOpenAIChat '[[tool:wait]]' -Connection $key -Tool $tool
$log.Enqueue('went on')
'@ -Variable @{ key = $key; log = ($log = [Collections.Concurrent.ConcurrentQueue[string]]::new()) }
        $job.Run = $job.Shell.BeginInvoke()
        Wait-Until { $log -contains 'started' } | Should -BeTrue
        $stop = $job.Shell.BeginStop($null, $null)
        $stop.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(30)) | Should -BeTrue
        @($log) | Should -Be 'started', 'left'
        $job.Shell.Dispose(); $job.Runspace.Dispose()
    }
}

# What goes into a tool and what comes out of it: values of the parameters' types, and output as text for a model.

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Deployment chat
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey

    function Ask([string] $Prompt) { Invoke-AzOpenAIChat $Prompt -Connection $key -Tool $tool -WarningAction SilentlyContinue }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'An argument' {
    It 'gets a value of the type of its parameter: <Type>' -ForEach @(
        @{ Type = 'string'; Json = '"5"'; Expected = 'String 5' }
        @{ Type = 'int'; Json = '5'; Expected = 'Int32 5' }
        @{ Type = 'int'; Json = '5.0'; Expected = 'Int32 5' }
        @{ Type = 'long'; Json = '9007199254740993'; Expected = 'Int64 9007199254740993' }
        @{ Type = 'decimal'; Json = '0.1234567890123456789'; Expected = 'Decimal 0.1234567890123456789' }
        @{ Type = 'double'; Json = '1.5e3'; Expected = 'Double 1500' }
        @{ Type = 'bool'; Json = 'false'; Expected = 'Boolean False' }
        @{ Type = 'switch'; Json = 'true'; Expected = 'SwitchParameter True' }
        @{ Type = 'char'; Json = '"x"'; Expected = 'Char x' }
        @{ Type = 'System.IO.SeekOrigin'; Json = '"end"'; Expected = 'SeekOrigin End' }
        @{ Type = 'System.IO.FileShare'; Json = '["Read","Delete"]'; Expected = 'FileShare Read, Delete' }
        @{ Type = 'datetimeoffset'; Json = '"2026-11-21T09:00:00+01:00"'; Expected = 'DateTimeOffset 11/21/2026 09:00:00 +01:00' }
        @{ Type = 'timespan'; Json = '"01:30:00"'; Expected = 'TimeSpan 01:30:00' }
        @{ Type = 'guid'; Json = '"11111111-1111-4111-8111-111111111111"'; Expected = 'Guid 11111111-1111-4111-8111-111111111111' }
        @{ Type = 'uri'; Json = '"https://example.org/"'; Expected = 'Uri https://example.org/' }
        @{ Type = 'version'; Json = '"1.2"'; Expected = 'Version 1.2' }
        @{ Type = 'ipaddress'; Json = '"127.0.0.1"'; Expected = 'IPAddress 127.0.0.1' }
        @{ Type = 'Nullable[int]'; Json = '7'; Expected = 'Int32 7' }
        @{ Type = 'int[]'; Json = '[1,2]'; Expected = 'Int32[] 1 2' }
        @{ Type = 'string[]'; Json = '["a","b c"]'; Expected = 'String[] a b c' }
        @{ Type = 'System.Collections.Generic.List[double]'; Json = '[1.5]'; Expected = 'List`1 1.5' }
        @{ Type = 'System.Collections.Generic.IList[string]'; Json = '["a"]'; Expected = 'String[] a' }
        @{ Type = 'array'; Json = '[1,"b"]'; Expected = 'Object[] 1 b' }
        @{ Type = 'object'; Json = '"text"'; Expected = 'String text' }
        @{ Type = 'object'; Json = '{"a":1}'; Expected = 'PSCustomObject @{a=1}' }
        @{ Type = 'hashtable'; Json = '{"a":1}'; Expected = 'Hashtable System.Collections.Hashtable' }
    ) {
        $tool = New-AzOpenAITool -ScriptBlock ([scriptblock]::Create("param([$Type] `$X) '{0} {1}' -f `$X.GetType().Name, ""`$X""")) -Name show -Description 'Shows.' -AllowUnattended
        $run = (Ask "[[tool:show {""X"":$Json}]]").ToolRuns[0]
        $run.Output | Should -BeExactly $Expected
        $run.Status | Should -Be 'Completed'
    }

    It 'leaves a parameter out that the model gives as null' {
        $tool = New-AzOpenAITool -ScriptBlock { param([int] $X = 4, $Y) "$X $($PSBoundParameters.Keys)" } -Name show -Description 'Shows.' -AllowUnattended
        (Ask '[[tool:show {"X":null}]]').ToolRuns[0].Output | Should -Be '4 '
    }

    It 'tells the model of a value that no conversion takes' {
        $tool = New-AzOpenAITool -ScriptBlock { param([guid] $X) 'ran' } -Name show -Description 'Shows.' -AllowUnattended
        $run = (Ask '[[tool:show {"X":"no guid"}]]').ToolRuns[0]
        $run.Status | Should -Be 'InvalidArguments'
        $run.Output | Should -Match 'Guid'
    }
}

Describe 'The output' {
    It 'gives the model texts as they are and objects as compact JSON: <Name>' -ForEach @(
        @{ Name = 'texts'; Code = { 'a'; 'b "c"' }; Expected = "a`nb `"c`"" }
        @{ Name = 'an object'; Code = { [pscustomobject]@{ A = 1; B = @(1, 'x', $null); C = @{ D = $true } } }; Expected = '{"A":1,"B":[1,"x",null],"C":{"D":true}}' }
        @{ Name = 'objects'; Code = { 1; 'two'; [DayOfWeek]::Friday }; Expected = '[1,"two","Friday"]' }
        @{ Name = 'nothing'; Code = { }; Expected = '(no output)' }
        @{ Name = 'default properties'; Code = { [IO.FileInfo] 'no/such.txt' }; Expected = '{"LastWriteTime":"1601-01-01T00:00:00.0000000+00:00","Name":"such.txt"}' }
        @{ Name = 'a date'; Code = { [DateTime]::new(2026, 11, 21, 9, 0, 0, 0, [DateTimeKind]::Utc) }; Expected = '"2026-11-21T09:00:00.0000000Z"' }
    ) {
        $tool = New-AzOpenAITool -ScriptBlock $Code -Name give -Description 'Gives.' -AllowUnattended
        $result = (Ask '[[tool:give]]').ToolRuns[0].Output
        $result | Should -Be $Expected
    }

    It 'never gives a secret in clear' {
        $secret = 'c4n4ry0123456789'
        $tool = New-AzOpenAITool -ScriptBlock {
            $secure = ConvertTo-SecureString $secret -AsPlainText -Force
            $secure; [pscredential]::new('ada', $secure); @{ Password = $secure }; [Net.NetworkCredential]::new('ada', $secret); $key
        } -Name leak -Description 'Leaks.' -AllowUnattended
        $result = (Ask '[[tool:leak]]').ToolRuns[0].Output
        $result | Should -Match 'ada'
        $result | Should -Match '\(secret\)'
        $result | Should -Not -Match $secret
    }

    It 'survives output that is no text or cannot be read' {
        $tool = New-AzOpenAITool -ScriptBlock { 'half ' + [char] 0xd83d; [pscustomobject]@{ A = 'half ' + [char] 0xd83d } } -Name half -Description 'Halves.' -AllowUnattended
        (Ask '[[tool:half]]').ToolRuns[0].Status | Should -Be 'Completed'
        $tool = New-AzOpenAITool -ScriptBlock { ('x' * 32767) + [char]::ConvertFromUtf32(0x1f600) } -Name half -Description 'Halves.' -AllowUnattended
        (Ask '[[tool:half]]').ToolRuns[0].Status | Should -Be 'Completed'
        $tool = New-AzOpenAITool -ScriptBlock {
            $bad = [pscustomobject]@{ Good = 1 } | Add-Member -MemberType ScriptProperty -Name Bad -Value { throw 'no' } -PassThru
            $bad
            , ([Linq.Enumerable]::Select([int[]] (1, 0), [Func[int, int]] { param($x) [int]::Parse('no number') }))
        } -Name unreadable -Description 'Fails late.' -AllowUnattended
        $run = (Ask '[[tool:unreadable]]').ToolRuns[0]
        $run.Status | Should -Be 'Failed'
        $run.Output | Should -Match '"Good":1'
    }

    It 'cuts output that no model could read, and says so' {
        $tool = New-AzOpenAITool -ScriptBlock { 1..20000 | ForEach-Object { [pscustomobject]@{ Number = $_; Text = 'some text' } } } -Name flood -Description 'Floods.' -AllowUnattended
        $result = (Ask '[[tool:flood]]').ToolRuns[0].Output
        $result.Length | Should -BeLessThan 34000
        $result | Should -Match 'truncated to 32768 characters; \d+ more objects'
        $loop = [pscustomobject]@{ Self = $null }
        $loop.Self = $loop
        $tool = New-AzOpenAITool -ScriptBlock { $loop } -Name circle -Description 'Turns.' -AllowUnattended
        (Ask '[[tool:circle]]').ToolRuns[0].Status | Should -Be 'Completed'
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global -ErrorAction Stop
    $class = 'AzOpenAI.Commands.NewAzOpenAIToolCommand'

    # The schema of the one parameter, as compact JSON.
    function Get-ParameterSchema([scriptblock] $Block) {
        $schema = (New-AzOpenAITool -ScriptBlock $Block -Name probe -Description 'Probe.').Schema | ConvertFrom-Json
        $schema.properties.X | ConvertTo-Json -Compress -Depth 9
    }

    function Get-Sample {
        <#
        .SYNOPSIS
        Gets a sample of
        something.
        .PARAMETER Name
        Name of the sample.
        #>
        [CmdletBinding(DefaultParameterSetName = 'ByName', SupportsShouldProcess)]
        param(
            [Parameter(Mandatory, ParameterSetName = 'ByName')] [string] $Name,
            [Parameter(Mandatory, ParameterSetName = 'ById', HelpMessage = 'Number of the sample.')] [Alias('Number')] [int] $Id,
            [Parameter(ParameterSetName = 'ByName')] [switch] $Exact,
            [pscredential] $Credential,
            [scriptblock] $Filter,
            [int] $Limit
        )
        "$Name$Id"
    }
}

Describe 'New-AzOpenAITool' {
    It 'makes a tool of a command by name, by pipeline and by alias' {
        $tool = New-AzOpenAITool Get-Sample
        $tool | Should -BeOfType ([AzOpenAI.Tool])
        $tool.Name | Should -Be 'Get-Sample'
        $tool.Command | Should -Be 'Get-Sample'
        $tool.Description | Should -Be 'Gets a sample of something.'
        $tool.AllowUnattended | Should -BeFalse
        "$tool" | Should -Be 'Get-Sample'
        $tools = Get-Command Get-Sample, Get-AzOpenAIModel | New-AzOpenAITool
        $tools.Name | Sort-Object | Should -Be 'Get-AzOpenAIModel', 'Get-Sample'
        ('Get-AzOpenAIModel', 'Get-AzOpenAIUsage' | New-AzOpenAITool).Count | Should -Be 2
        Set-Alias sample Get-Sample
        (New-AzOpenAITool sample).Name | Should -Be 'Get-Sample'
    }

    It 'has the parameters of the default set, without common ones and those that no model can give' {
        $tool = New-AzOpenAITool Get-Sample -Verbose 4>&1
        $said = @($tool | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message -join "`n"
        $tool = $tool | Where-Object { $_ -is [AzOpenAI.Tool] }
        $tool.Parameters | Should -Be 'Name', 'Exact', 'Limit'
        $schema = $tool.Schema | ConvertFrom-Json
        $schema.type | Should -Be 'object'
        $schema.required | Should -Be 'Name'
        $schema.additionalProperties | Should -BeFalse
        $schema.properties.Name.description | Should -Be 'Name of the sample.'
        $said | Should -Match "'Credential'.*secret"
        $said | Should -Match "'Filter'.*code"
    }

    It 'takes the parameter set that has the given parameters, by alias, too' {
        $tool = New-AzOpenAITool Get-Sample -Parameter Number, Limit
        $tool.Parameters | Should -Be 'Id', 'Limit'
        ($tool.Schema | ConvertFrom-Json).properties.Id.description | Should -Be 'Number of the sample.'
        (New-AzOpenAITool Get-Date -Parameter @() -Description 'The time.').Parameters.Count | Should -Be 0
    }

    It 'reads the help files of a module' {
        $tool = New-AzOpenAITool Get-AzOpenAIModel -Parameter Location
        $tool.Description | Should -Be (Get-Help Get-AzOpenAIModel).Synopsis
        ($tool.Schema | ConvertFrom-Json).properties.Location.description | Should -Not -BeNullOrEmpty
    }

    It 'makes a tool of a script block, with help in it or by -Description' {
        $tool = New-AzOpenAITool -ScriptBlock {
            <#
            .SYNOPSIS
            Adds.
            .PARAMETER A
            One number.
            #>
            param([Parameter(Mandatory)] [int] $A, [int] $B = 2)
            $A + $B
        } -Name add
        $tool.Description | Should -Be 'Adds.'
        $tool.Command | Should -Be 'script block'
        ($tool.Schema | ConvertFrom-Json).properties.A.description | Should -Be 'One number.'
        (New-AzOpenAITool -ScriptBlock { 1 } -Name one -Description 'One.').Description | Should -Be 'One.'
        Get-Command AzOpenAIToolShape -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'makes a name that the service takes, and refuses one that it does not' {
        function Get-Größe { 1 }
        (New-AzOpenAITool Get-Größe -Description 'Size.').Name | Should -Be 'Get-Gr__e'
        $long = "Get-$('x' * 80)"
        Set-Item "function:$long" { 1 }
        (New-AzOpenAITool $long -Description 'Long.').Name.Length | Should -Be 64
        Remove-Item "function:$long"
    }

    It 'warns where nothing tells what the tool is for' {
        function Get-Bare { 1 }
        $null = New-AzOpenAITool Get-Bare -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -Match "'Get-Bare' has no help"
    }

    It 'describes <Type>' -ForEach @(
        @{ Type = 'string'; Block = { param([string] $X) }; Schema = '{"type":"string"}' }
        @{ Type = 'mandatory string'; Block = { param([Parameter(Mandatory)] [string] $X) }; Schema = '{"type":"string","minLength":1}' }
        @{ Type = 'mandatory string that may be empty'; Block = { param([Parameter(Mandatory)] [AllowEmptyString()] [string] $X) }; Schema = '{"type":"string"}' }
        @{ Type = 'int'; Block = { param([int] $X) }; Schema = '{"type":"integer"}' }
        @{ Type = 'long'; Block = { param([long] $X) }; Schema = '{"type":"integer"}' }
        @{ Type = 'byte'; Block = { param([byte] $X) }; Schema = '{"type":"integer","minimum":0,"maximum":255}' }
        @{ Type = 'double'; Block = { param([double] $X) }; Schema = '{"type":"number"}' }
        @{ Type = 'decimal'; Block = { param([decimal] $X) }; Schema = '{"type":"number"}' }
        @{ Type = 'bool'; Block = { param([bool] $X) }; Schema = '{"type":"boolean"}' }
        @{ Type = 'switch'; Block = { param([switch] $X) }; Schema = '{"type":"boolean"}' }
        @{ Type = 'char'; Block = { param([char] $X) }; Schema = '{"type":"string","minLength":1,"maxLength":1}' }
        @{ Type = 'date'; Block = { param([datetime] $X) }; Schema = '{"type":"string","format":"date-time"}' }
        @{ Type = 'time span'; Block = { param([timespan] $X) }; Schema = '{"type":"string","description":"hh:mm:ss"}' }
        @{ Type = 'guid'; Block = { param([guid] $X) }; Schema = '{"type":"string","format":"uuid"}' }
        @{ Type = 'uri'; Block = { param([uri] $X) }; Schema = '{"type":"string"}' }
        @{ Type = 'address'; Block = { param([ipaddress] $X) }; Schema = '{"type":"string"}' }
        @{ Type = 'enumeration'; Block = { param([System.IO.SeekOrigin] $X) }; Schema = '{"type":"string","enum":["Begin","Current","End"]}' }
        @{ Type = 'flags'; Block = { param([System.Base64FormattingOptions] $X) }; Schema = '{"type":"array","items":{"type":"string","enum":["None","InsertLineBreaks"]}}' }
        @{ Type = 'nullable'; Block = { param([Nullable[int]] $X) }; Schema = '{"type":"integer"}' }
        @{ Type = 'mandatory nullable'; Block = { param([Parameter(Mandatory)] [Nullable[int]] $X) }; Schema = '{"type":["integer","null"]}' }
        @{ Type = 'array'; Block = { param([string[]] $X) }; Schema = '{"type":"array","items":{"type":"string"}}' }
        @{ Type = 'mandatory array'; Block = { param([Parameter(Mandatory)] [int[]] $X) }; Schema = '{"type":"array","items":{"type":"integer"},"minItems":1}' }
        @{ Type = 'list'; Block = { param([System.Collections.Generic.List[double]] $X) }; Schema = '{"type":"array","items":{"type":"number"}}' }
        @{ Type = 'hashtable'; Block = { param([hashtable] $X) }; Schema = '{"type":"object"}' }
        @{ Type = 'anything'; Block = { param($X) }; Schema = '{}' }
        @{ Type = 'ValidateSet'; Block = { param([ValidateSet('a', 'b')] [string] $X) }; Schema = '{"type":"string","enum":["a","b"]}' }
        @{ Type = 'ValidateSet of an array'; Block = { param([ValidateSet('a', 'b')] [string[]] $X) }; Schema = '{"type":"array","items":{"type":"string","enum":["a","b"]}}' }
        @{ Type = 'ValidateSet of numbers'; Block = { param([ValidateSet(1, 2)] [int] $X) }; Schema = '{"type":"integer","enum":[1,2]}' }
        @{ Type = 'ValidateRange'; Block = { param([ValidateRange(1, 9)] [int] $X) }; Schema = '{"type":"integer","minimum":1,"maximum":9}' }
        @{ Type = 'ValidateRange of doubles'; Block = { param([ValidateRange(0.5, 1.5)] [double] $X) }; Schema = '{"type":"number","minimum":0.5,"maximum":1.5}' }
        @{ Type = 'ValidateLength'; Block = { param([ValidateLength(2, 4)] [string] $X) }; Schema = '{"type":"string","minLength":2,"maxLength":4}' }
        @{ Type = 'ValidatePattern'; Block = { param([ValidatePattern('^\d+$')] [string] $X) }; Schema = '{"type":"string","pattern":"^\\d+$"}' }
        @{ Type = 'a pattern of .NET'; Block = { param([ValidatePattern('(?i)^a$')] [string] $X) }; Schema = '{"type":"string","description":"Matches (?i)^a$"}' }
        @{ Type = 'ValidateCount'; Block = { param([ValidateCount(1, 3)] [string[]] $X) }; Schema = '{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":3}' }
        @{ Type = 'ValidateNotNullOrEmpty'; Block = { param([ValidateNotNullOrEmpty()] [string] $X) }; Schema = '{"type":"string","minLength":1}' }
        @{ Type = 'ValidateNotNullOrWhiteSpace'; Block = { param([ValidateNotNullOrWhiteSpace()] [string] $X) }; Schema = '{"type":"string","minLength":1}' }
        @{ Type = 'HelpMessage'; Block = { param([Parameter(HelpMessage = 'Text.')] [string] $X) }; Schema = '{"type":"string","description":"Text."}' }
    ) {
        Get-ParameterSchema $Block | Should -BeExactly $Schema
    }

    It 'describes a class by its properties' {
        class ToolSampleCity { [string] $Name; [int] $People }
        $schema = Get-ParameterSchema { param([ToolSampleCity] $X) } | ConvertFrom-Json
        $schema.type | Should -Be 'object'
        $schema.properties.Name.type | Should -Be 'string'
    }

    It 'leaves out <Type>, and refuses it where it must be given' -ForEach @(
        @{ Type = 'securestring' }, @{ Type = 'pscredential' }, @{ Type = 'scriptblock' }, @{ Type = 'scriptblock[]' }, @{ Type = 'type' }, @{ Type = 'System.IO.Stream' }, @{ Type = 'System.Diagnostics.Process' }
    ) {
        (New-AzOpenAITool -ScriptBlock ([scriptblock]::Create("param([$Type] `$X, [int] `$Y)")) -Name probe -Description 'Probe.').Parameters | Should -Be 'Y'
        $failure = Get-Failure { New-AzOpenAITool -ScriptBlock ([scriptblock]::Create("param([Parameter(Mandatory)] [$Type] `$X)")) -Name probe -Description 'Probe.' -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ToolParameterUnsupported,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It '<Id>: <Why>' -ForEach @(
        @{ Id = 'ToolCommandNotFound'; Why = 'no such command'; Line = { New-AzOpenAITool Get-NoSuchThing } }
        @{ Id = 'ToolCommandNotFound'; Why = 'a pattern'; Line = { New-AzOpenAITool Get-* } }
        @{ Id = 'ToolCommandUnsupported'; Why = 'a program'; Line = { New-AzOpenAITool (Get-Shell).Program } }
        @{ Id = 'ToolCommandUnsupported'; Why = 'a script block by position'; Line = { New-AzOpenAITool { 1 } } }
        @{ Id = 'ToolNameInvalid'; Why = 'a blank'; Line = { New-AzOpenAITool Get-Date -Name 'get date' } }
        @{ Id = 'ToolNameInvalid'; Why = 'too long'; Line = { New-AzOpenAITool Get-Date -Name ('x' * 65) } }
        @{ Id = 'ToolNameInvalid'; Why = 'a word of -ToolChoice'; Line = { New-AzOpenAITool Get-Date -Name Required } }
        @{ Id = 'ToolParameterUnknown'; Why = 'misspelt'; Line = { New-AzOpenAITool Get-Sample -Parameter Naem } }
        @{ Id = 'ToolParameterUnknown'; Why = 'of a command without any'; Line = { New-AzOpenAITool -ScriptBlock { 1 } -Name one -Parameter Two } }
        @{ Id = 'ToolParameterUnsupported'; Why = 'common'; Line = { New-AzOpenAITool Get-Sample -Parameter Name, Confirm } }
        @{ Id = 'ToolParameterUnsupported'; Why = 'asked for by name'; Line = { New-AzOpenAITool Get-Sample -Parameter Name, Credential } }
        @{ Id = 'ToolParameterSetMissing'; Why = 'of two sets'; Line = { New-AzOpenAITool Get-Sample -Parameter Name, Id } }
        @{ Id = 'ToolParameterSetMissing'; Why = 'a mandatory one is not among them'; Line = { New-AzOpenAITool Get-Sample -Parameter Limit } }
    ) {
        $ErrorActionPreference = 'Stop'
        $failure = Get-Failure $Line
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'goes on with the next command after one that cannot be a tool' {
        $tools = 'Get-NoSuchThing', 'Get-Sample' | New-AzOpenAITool -ErrorAction SilentlyContinue -ErrorVariable failures
        $tools.Name | Should -Be 'Get-Sample'
        $failures[0].TargetObject | Should -Be 'Get-NoSuchThing'
    }
}

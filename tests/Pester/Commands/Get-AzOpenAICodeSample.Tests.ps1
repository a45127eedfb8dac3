# Each sample is run where its runtime exists: curl in sh, JavaScript in node with the package openai, C# compiled and run with the packages of the module
# and the OpenAI package that tests the emulator, Python compiled. What the emulator answers tells whether the text arrived as it was.

BeforeDiscovery {
    $routes = @(
        @{ Route = 'the v1 API'; Prepare = { $key.Connection } }
        @{ Route = 'a dated version'; Prepare = { Get-TestConnection -Kind AzureDated } }
        @{ Route = 'a gateway with headers of its own'; Prepare = { Get-TestConnection -Kind ApiManagement } }
        @{ Route = 'an OpenAI-compatible base'; Prepare = { Get-TestConnection -Kind OpenAI } }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $id = New-TestResource $emulator contoso
    New-TestDeployment $emulator $id chat -Model gpt-4o -Capacity 10
    New-TestDeployment $emulator $id embed -Model text-embedding-3-small
    $key = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey
    $plain = (Invoke-Arm $emulator "$id/listKeys" -Method POST).Body.key1
    $class = 'AzOpenAI.Commands.GetAzOpenAICodeSampleCommand'
    $nasty = "'single' `"double`" ``tick`` `$HOME `$(touch harm) \ \\n %s {0} `${x} #{y} &amp; </script> !! ; | > `t tab`r`nline`u{2028}sep`u{202E}rtl é ü 漢字 😀`u{E0041} end'"
    $bin = [IO.Path]::Combine((Get-ModulePath), 'module', 'bin')
    $openAI = [IO.Path]::Combine((Get-RepositoryRoot), 'tests', 'AzOpenAI.Emulator.Tests', 'bin', 'Debug', 'net10.0', 'OpenAI.dll')
    $secrets = @{ AZURE_OPENAI_API_KEY = $plain; OPENAI_API_KEY = $plain; 'OCP_APIM_SUBSCRIPTION_KEY' = $plain }

    function Get-TestConnection([string] $Kind) {
        $base = [Uri] $key.ClassicEndpoint
        switch ($Kind) {
            AzureDated { New-AzOpenAIConnection test $base -Key $plain -ApiVersion 2024-10-21 -Force }
            ApiManagement { New-AzOpenAIConnection test "$("$base".TrimEnd('/')).apim/team/openai" -Kind ApiManagement -SubscriptionKey $plain -Header @{ 'x-team' = "o'neill" } -ApiVersion 2024-10-21 -Force }
            OpenAI { New-AzOpenAIConnection test "${base}v1/" -Kind OpenAI -Key $plain -Force }
        }
    }

    # Runs a program and returns what it printed; without it the test is skipped, with the reason.
    function Invoke-Program([string] $Program, [string[]] $Arguments, [string] $Folder = $TestDrive, [hashtable] $Variable = $secrets) {
        if (-not (Get-Command $Program -CommandType Application -ErrorAction Ignore)) { Set-ItResult -Skipped -Because "there is no $Program on the PATH"; return }
        $start = [Diagnostics.ProcessStartInfo]::new($Program, $Arguments)
        $start.WorkingDirectory = $Folder
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.StandardOutputEncoding = [Text.Encoding]::UTF8
        $start.UseShellExecute = $false
        foreach ($name in @($start.Environment.Keys) -match '^(AZURE_|OPENAI_)|_PROXY$') { $null = $start.Environment.Remove($name) }
        foreach ($name in $Variable.Keys) { $start.Environment[$name] = $Variable[$name] }
        $start.Environment['NO_PROXY'] = '127.0.0.1'
        $process = [Diagnostics.Process]::Start($start)
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit(120000)) {
            $process.Kill($true)
            throw "$Program did not end: $($errors.Result)"
        }
        if ($process.ExitCode -ne 0) { throw "$Program ended with $($process.ExitCode): $($errors.Result) $($output.Result)" }
        $output.Result
    }

    function Invoke-Curl([string] $Sample) {
        $file = Join-Path $TestDrive 'sample.sh'
        [IO.File]::WriteAllText($file, $Sample)
        Invoke-Program sh $file
    }

    function Invoke-JavaScript([string] $Sample) {
        $folder = Get-NodeFolder
        if (-not $folder) { return }
        $file = Join-Path $folder 'sample.mjs'
        [IO.File]::WriteAllText($file, $Sample)
        Invoke-Program node $file $folder
    }

    # The packages as the lock file of the judges says, installed once.
    function Get-NodeFolder {
        $folder = Join-Path ([IO.Path]::GetDirectoryName("$TestDrive")) "judge-$PID"
        if (-not (Get-Command npm -CommandType Application -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'there is no npm on the PATH'; return }
        if (-not (Test-Path (Join-Path $folder 'node_modules'))) {
            $null = New-Item $folder -ItemType Directory -Force
            Copy-Item ([IO.Path]::Combine((Get-RepositoryRoot), 'tests', 'judges', 'openai', 'package*.json')) $folder
            $said = & npm --prefix $folder ci --ignore-scripts --no-audit --no-fund 2>&1
            if ($LASTEXITCODE) { Set-ItResult -Skipped -Because "npm cannot install the package openai: $said"; return }
        }
        $script:nodeFolder = $folder
        $folder
    }

    # Compiled by the SDK's compiler against the assemblies of the module, with the usings that a new console project has. Nothing is restored.
    function Build-CSharp([string] $Sample) {
        $sdk = @(& dotnet --list-sdks 2>$null) -match '^10\.' | Select-Object -Last 1
        if ($sdk -notmatch '^(\S+) \[(.+)\]$') { Set-ItResult -Skipped -Because 'there is no SDK of .NET 10'; return }
        $compiler = [IO.Path]::Combine($Matches[2], $Matches[1], 'Roslyn', 'bincore', 'csc.dll')
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item $folder -ItemType Directory
        [IO.File]::WriteAllText((Join-Path $folder 'sample.cs'), $Sample)
        [IO.File]::WriteAllText((Join-Path $folder 'usings.cs'), ('System', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Threading', 'System.Threading.Tasks' | ForEach-Object { "global using $_;" }))
        $references = @(Get-ChildItem ([IO.Path]::Combine($PSHOME, 'ref', '*.dll'))) + @(Get-ChildItem (Join-Path $bin '*.dll') | Where-Object Name -Match '^(System\.ClientModel|Azure\.Core|Azure\.Identity)\.dll$') + @(Get-Item $openAI)
        $assembly = Join-Path $folder 'sample.dll'
        $arguments = @("-out:$assembly", '-target:exe', '-nologo', '-nullable:enable', '-utf8output') + ($references | ForEach-Object { "-reference:$($_.FullName)" }) + 'sample.cs', 'usings.cs'
        [IO.File]::WriteAllLines((Join-Path $folder 'sample.rsp'), [string[]]($arguments | ForEach-Object { "`"$_`"" }))
        $null = Invoke-Program dotnet $compiler, '-noconfig', '@sample.rsp' $folder
        Copy-Item (Join-Path $bin '*.dll'), $openAI $folder
        '{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"10.0.0"}}}' | Set-Content (Join-Path $folder 'sample.runtimeconfig.json')
        $assembly
    }

    function Invoke-CSharp([string] $Sample) {
        $assembly = Build-CSharp $Sample
        if ($assembly) { Invoke-Program dotnet $assembly }
    }

    function Get-Asked { (Get-EmulatorRequest $emulator | Where-Object plane -EQ data)[-1] }
}

AfterAll {
    Stop-AzOpenAIEmulator
    if (Get-Variable nodeFolder -Scope Script -ErrorAction Ignore) { Remove-Item $script:nodeFolder -Recurse -Force }
}

Describe 'Get-AzOpenAICodeSample' {
    It 'gives one string per language and calls nothing' {
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $all = Get-AzOpenAICodeSample Curl, Python, CSharp, JavaScript -Connection $key
        $all | Should -HaveCount 4
        $all | ForEach-Object { $_ | Should -BeOfType ([string]) }
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'holds no secret, only the name of the variable' {
        $all = Get-AzOpenAICodeSample Curl, Python, CSharp, JavaScript -Connection $key
        $all | ForEach-Object { $_ | Should -Not -Match $plain; $_ | Should -Match 'AZURE_OPENAI_API_KEY' }
        $gateway = Get-TestConnection -Kind ApiManagement
        Get-AzOpenAICodeSample Curl, Python, CSharp, JavaScript -Connection $gateway -Deployment chat | ForEach-Object { $_ | Should -Not -Match $plain; $_ | Should -Match 'OCP_APIM_SUBSCRIPTION_KEY' }
        $referring = New-AzOpenAIConnection referring $key.Endpoint -KeyVariable MY_KEY -Deployment chat -Force
        $referring | Get-AzOpenAICodeSample Python | Should -Match 'os.environ\["MY_KEY"\]'
    }

    It 'takes the connection and the message from the pipeline' {
        $key | Get-AzOpenAICodeSample Curl 'Hello there' | Should -Match 'Hello there'
        'From the pipeline' | Get-AzOpenAICodeSample -Connection $key | Should -Match 'From the pipeline'
        Get-AzOpenAIDeployment contoso embed | Get-AzOpenAICodeSample Curl -Kind Embedding | Should -Match '"model": "embed"'
    }

    It 'completes the languages' {
        Get-Completion 'Get-AzOpenAICodeSample -Language ' | Should -Be 'CSharp', 'Curl', 'JavaScript', 'Python'
    }

    It 'signs in with Entra ID where the connection has no key' {
        $connection = New-AzOpenAIConnection keyless https://contoso.openai.azure.com -UseEntraId -Deployment chat -Force
        $connection | Get-AzOpenAICodeSample Curl | Should -Match 'az account get-access-token --resource ''https://ai.azure.com'''
        $connection | Get-AzOpenAICodeSample Python | Should -Match 'api_key=get_bearer_token_provider\(DefaultAzureCredential\(\), "https://ai.azure.com/.default"\)'
        $connection | Get-AzOpenAICodeSample Python -ApiVersion 2024-10-21 | Should -Match 'azure_ad_token_provider=.*"https://cognitiveservices.azure.com/.default"'
        $connection | Get-AzOpenAICodeSample JavaScript | Should -Match 'apiKey: getBearerTokenProvider\(new DefaultAzureCredential\(\)'
        Test-Path (Build-CSharp ($connection | Get-AzOpenAICodeSample CSharp)) | Should -BeTrue
        Test-Path (Build-CSharp ($connection | Get-AzOpenAICodeSample CSharp -ApiVersion 2024-10-21 -Stream -ReasoningEffort low)) | Should -BeTrue
    }

    It 'runs without a key, with the token of the Azure CLI' -Skip:$IsWindows {
        # A stand-in for the Azure CLI gives the emulator's token; it is a script of sh, and so is the sample, which Windows does not run.
        $tools = Join-Path $TestDrive 'tools'
        $null = New-Item $tools -ItemType Directory
        [IO.File]::WriteAllText((Join-Path $tools 'az'), "#!/bin/sh`necho emulator`n")
        & chmod +x (Join-Path $tools 'az')
        $file = Join-Path $TestDrive 'keyless.sh'
        [IO.File]::WriteAllText($file, (Get-AzOpenAIDeployment contoso chat | Get-AzOpenAICodeSample Curl 'Hello'))
        $answer = Invoke-Program sh $file $TestDrive @{ PATH = "${tools}:$env:PATH" }
        ($answer | ConvertFrom-Json).choices[0].message.content | Should -Be 'You said: Hello'
    }

    It '<Name>' -ForEach @(
        @{ Name = 'refuses a stream of embeddings'; Line = 'Get-AzOpenAICodeSample -Kind Embedding -Stream -Connection $key'; ErrorId = 'ParameterConflict' }
        @{ Name = 'refuses the dimensions of a chat'; Line = 'Get-AzOpenAICodeSample -Dimensions 3 -Connection $key'; ErrorId = 'ParameterConflict' }
        @{ Name = 'says that no deployment is named'; Line = 'Get-AzOpenAICodeSample -Connection (Get-AzOpenAIKey -Resource contoso)'; ErrorId = 'DeploymentMissing' }
        @{ Name = 'says that a version is none'; Line = 'Get-AzOpenAICodeSample -ApiVersion soon -Connection $key'; ErrorId = 'ApiVersionInvalid' }
        @{ Name = 'says that there is no such connection'; Line = 'Get-AzOpenAICodeSample -Connection nowhere'; ErrorId = 'ConnectionNotFound' }
    ) {
        $failure = Get-Failure { & ([scriptblock]::Create("$Line -ErrorAction Stop")) }
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }
}

Describe 'A sample for <Route>' -ForEach $routes {
    BeforeAll {
        $connection = & $Prepare
        $common = @{ Connection = $connection; Deployment = 'chat'; System = "Be 'kind' `$(touch harm)"; MaxTokens = 500; Temperature = 0.5; TopP = 1 }
        # U+2028 and the like come back as they went: what is escaped in the sample is the character itself on the wire.
        $expected = "You said: $nasty"
    }

    It 'runs as curl' {
        $answer = Invoke-Curl (Get-AzOpenAICodeSample Curl $nasty @common)
        ($answer | ConvertFrom-Json).choices[0].message.content | Should -BeExactly $expected
        Test-Path (Join-Path $TestDrive 'harm') | Should -BeFalse
        $stream = Invoke-Curl (Get-AzOpenAICodeSample Curl 'Hello' -Stream @common)
        $stream | Should -Match 'data: \[DONE\]'
    }

    It 'runs as JavaScript' {
        $answer = Invoke-JavaScript (Get-AzOpenAICodeSample JavaScript $nasty @common)
        if ($null -eq $answer) { return }
        $answer | Should -BeExactly "$expected`n"
        Invoke-JavaScript (Get-AzOpenAICodeSample JavaScript $nasty -Stream @common) | Should -BeExactly "$expected`n"
        Invoke-JavaScript (Get-AzOpenAICodeSample JavaScript 'a text' -Kind Embedding -Dimensions 3 -Connection $connection -Deployment embed) | Should -Match '^\[( *-?[\d.e-]+,?){3} *\]'
    }

    It 'runs as C#' {
        Invoke-CSharp (Get-AzOpenAICodeSample CSharp $nasty @common) | Should -BeExactly "$expected$([Environment]::NewLine)"
        Invoke-CSharp (Get-AzOpenAICodeSample CSharp $nasty -Stream @common) | Should -BeExactly "$expected$([Environment]::NewLine)"
        (Invoke-CSharp (Get-AzOpenAICodeSample CSharp 'a text' -Kind Embedding -Dimensions 3 -Connection $connection -Deployment embed)).Split(',') | Should -HaveCount 3
    }

    It 'is Python, and its texts mean what they meant' {
        foreach ($sample in (Get-AzOpenAICodeSample Python $nasty @common), (Get-AzOpenAICodeSample Python $nasty -Stream @common), (Get-AzOpenAICodeSample Python 'a' -Kind Embedding -Connection $connection -Deployment embed)) {
            $file = Join-Path $TestDrive 'sample.py'
            [IO.File]::WriteAllText($file, $sample)
            # The package openai may not be there: the file is compiled, and the string literals are read out of its syntax tree.
            $read = 'import ast, json, sys; tree = ast.parse(open(sys.argv[1], encoding="utf-8").read()); compile(tree, "sample", "exec"); ' +
                'print(json.dumps([node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]))'
            $literals = Invoke-Program python3 '-c', $read, $file
            if ($null -eq $literals) { return }
            if ($sample -notmatch 'embeddings') { $literals | ConvertFrom-Json | Should -Contain $nasty }
        }
    }
}

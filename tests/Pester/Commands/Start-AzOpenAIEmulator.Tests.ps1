BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $module = Get-ModulePath
    Import-Module $module -Global
    $class = 'AzOpenAI.Commands.StartAzOpenAIEmulatorCommand'

    function Test-Answers($Uri) {
        try { (Invoke-WebRequest ([Uri]::new($Uri, 'subscriptions?api-version=2022-12-01')) -NoProxy -SkipHttpErrorCheck -TimeoutSec 5 -Headers @{ Authorization = 'Bearer emulator' }).StatusCode -eq 200 }
        catch { $false }
    }

    function Test-PortOpen([int] $Port) {
        $client = [Net.Sockets.TcpClient]::new()
        try { $client.Connect([Net.IPAddress]::Loopback, $Port); $true } catch { $false } finally { $client.Dispose() }
    }

    function Get-FreePort {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try { $listener.LocalEndpoint.Port } finally { $listener.Stop() }
    }

    # A program named dotnet that does what the text says.
    function New-FakeDotnet([string] $Text) {
        $folder = [IO.Directory]::CreateDirectory([IO.Path]::Combine($TestDrive, [guid]::NewGuid().ToString('N'))).FullName
        $file = [IO.Path]::Combine($folder, 'dotnet')
        [IO.File]::WriteAllText($file, "#!/bin/sh`n$Text`n")
        [IO.File]::SetUnixFileMode($file, [IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
        $folder
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Start-AzOpenAIEmulator' {
    It 'starts an emulator that answers, and says where' {
        $emulator = Start-AzOpenAIEmulator
        $emulator | Should -BeOfType ([AzOpenAI.EmulatorInstance])
        $emulator.Uri.Host | Should -Be '127.0.0.1'
        $emulator.Uri.Scheme | Should -Be 'http'
        $emulator.SubscriptionId | Should -Not -BeNullOrEmpty
        Test-ProcessRuns $emulator.ProcessId | Should -BeTrue
        Test-Answers $emulator.Uri | Should -BeTrue
        "$emulator" | Should -Be "$($emulator.Uri)"
    }

    It 'listens on the port that was asked for' {
        $port = Get-FreePort
        (Start-AzOpenAIEmulator -Port $port).Uri.Port | Should -Be $port
    }

    It 'runs two at once that know nothing of each other' {
        $first = Start-AzOpenAIEmulator
        $second = Start-AzOpenAIEmulator
        $first.Uri | Should -Not -Be $second.Uri
        $null = New-TestResource $first only-here
        Test-Exists $first (Get-AccountPath $first only-here) | Should -BeTrue
        Test-Exists $second (Get-AccountPath $second only-here) | Should -BeFalse
    }

    It 'adds an https listener with a certificate to trust' {
        $emulator = Start-AzOpenAIEmulator -Https
        $emulator.HttpsUri.Scheme | Should -Be 'https'
        $emulator.CertificatePath | Should -Exist
        [IO.File]::ReadAllText($emulator.CertificatePath) | Should -Not -Match 'PRIVATE KEY'
        (Invoke-WebRequest ([Uri]::new($emulator.HttpsUri, 'subscriptions?api-version=2022-12-01')) -NoProxy -SkipCertificateCheck -Headers @{ Authorization = 'Bearer emulator' }).StatusCode | Should -Be 200
    }

    It 'starts with what a seed file says, by a path relative to the location' {
        $file = [IO.Path]::Combine($TestDrive, 'seed.json')
        [IO.File]::WriteAllText($file, '{"subscriptions": [{"id": "33333333-3333-4333-8333-333333333333", "resourceGroups": [{"name": "seeded", "location": "eastus2"}]}]}')
        Push-Location $TestDrive
        try { $emulator = Start-AzOpenAIEmulator -Seed seed.json } finally { Pop-Location }
        $emulator.SubscriptionId | Should -Be '33333333-3333-4333-8333-333333333333'
        Test-Exists $emulator "subscriptions/$($emulator.SubscriptionId)/resourceGroups/seeded" | Should -BeTrue
    }

    It 'says which line and member of a seed is wrong' {
        $file = [IO.Path]::Combine($TestDrive, 'bad.json')
        [IO.File]::WriteAllText($file, '{"subscriptions": [{' + "`n" + '"resourceGroups": [{"name": "rg", "location": "atlantis"}]}]}')
        $failure = Get-Failure { Start-AzOpenAIEmulator -Seed $file -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "EmulatorSeedInvalid,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        "$failure" | Should -Match 'bad\.json'
        "$failure" | Should -Match ([regex]::Escape("Line 2, subscriptions[0].resourceGroups[0].location: Unknown region 'atlantis'."))
    }

    It 'says that there is no such seed file, under -WhatIf, too' {
        $file = [IO.Path]::Combine($TestDrive, 'nowhere.json')
        foreach ($failure in (Get-Failure { Start-AzOpenAIEmulator -Seed $file -ErrorAction Stop }), (Get-Failure { Start-AzOpenAIEmulator -Seed $file -WhatIf -ErrorAction Stop })) {
            $failure.FullyQualifiedErrorId | Should -Be "EmulatorSeedNotFound,$class"
            Find-ErrorDefect $failure | Should -BeNullOrEmpty
            "$failure" | Should -Match 'nowhere\.json'
        }
    }

    It 'starts nothing and emits nothing under -WhatIf' {
        Start-AzOpenAIEmulator -WhatIf -Confirm:$false | Should -BeNullOrEmpty
        $port = Get-FreePort
        Start-AzOpenAIEmulator -Port $port -WhatIf | Should -BeNullOrEmpty
        Test-PortOpen $port | Should -BeFalse
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Start-AzOpenAIEmulator).ProcessId | Should -BeGreaterThan 0
    }

    It 'takes nothing by pipeline' {
        $parameters = (Get-Command Start-AzOpenAIEmulator).Parameters.Values
        $parameters.Where({ $_.Attributes.Where({ $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) }) }) | Should -BeNullOrEmpty
    }
}

Describe 'The life of an emulator' {
    It 'ends with the shell' {
        $id = [int]@(Invoke-FreshShell "Import-Module '$module'; (Start-AzOpenAIEmulator).ProcessId")[-1]
        Wait-Until { -not (Test-ProcessRuns $id) } -Seconds 10 | Should -BeTrue
    }

    It 'ends when the shell is killed' {
        $shell = Start-FreshShell "Import-Module '$module'; [Console]::Out.WriteLine((Start-AzOpenAIEmulator).ProcessId); Start-Sleep 120"
        $id = [int]$shell.StandardOutput.ReadLine()
        Test-ProcessRuns $id | Should -BeTrue
        $shell.Kill()
        Wait-Until { -not (Test-ProcessRuns $id) } -Seconds 10 | Should -BeTrue
    }

    # Skipped on Windows, which has no SIGINT to send to a process.
    It 'survives Ctrl+C in the terminal' -Skip:$IsWindows {
        $emulator = Start-AzOpenAIEmulator
        & /bin/sh -c "kill -INT $($emulator.ProcessId); kill -QUIT $($emulator.ProcessId)"
        Start-Sleep -Milliseconds 300
        Test-ProcessRuns $emulator.ProcessId | Should -BeTrue
        Test-Answers $emulator.Uri | Should -BeTrue
    }

    It 'outlives the runspace that started it' {
        $job = Start-InRunspace ([pscustomobject]@{ Uri = '' }) 'Start-AzOpenAIEmulator' -NoConnect
        $emulator = $job.Shell.Invoke()[0]
        $job.Shell.Dispose()
        $job.Runspace.Dispose()
        [GC]::Collect()
        [GC]::WaitForPendingFinalizers()
        [GC]::Collect()
        Test-Answers $emulator.Uri | Should -BeTrue
        $emulator | Stop-AzOpenAIEmulator
    }

    It 'outlives Remove-Module, and is found again after the next import' {
        $output = Invoke-FreshShell @"
Import-Module '$module'
`$emulator = Start-AzOpenAIEmulator
Remove-Module AzOpenAI
[GC]::Collect(); [GC]::WaitForPendingFinalizers()
(Invoke-WebRequest "`$(`$emulator.Uri)subscriptions?api-version=2022-12-01" -NoProxy -Headers @{ Authorization = 'Bearer emulator' }).StatusCode
Import-Module '$module'
(Connect-AzOpenAI -Emulator).SubscriptionId -eq `$emulator.SubscriptionId
"@
        $output | Should -Be '200', 'True'
    }

    It 'opens no other port, whatever the environment says' {
        $port = Get-FreePort
        $hostile = @{
            Kestrel__Endpoints__X__Url = "http://127.0.0.1:$port"
            ASPNETCORE_Kestrel__Endpoints__X__Url = "http://127.0.0.1:$port"
            ASPNETCORE_URLS = "http://127.0.0.1:$port"
            ASPNETCORE_HTTP_PORTS = "$port"
            DOTNET_URLS = "http://127.0.0.1:$port"
            URLS = "http://127.0.0.1:$port"
        }
        foreach ($name in $hostile.Keys) { [Environment]::SetEnvironmentVariable($name, $hostile[$name]) }
        try { $emulator = Start-AzOpenAIEmulator }
        finally { foreach ($name in $hostile.Keys) { [Environment]::SetEnvironmentVariable($name, $null) } }
        Test-Answers $emulator.Uri | Should -BeTrue
        $emulator.Uri.Port | Should -Not -Be $port
        Test-PortOpen $port | Should -BeFalse
    }
}

Describe 'Start-AzOpenAIEmulator, when something is wrong' {
    It 'says that the port is taken' {
        $port = (Start-AzOpenAIEmulator).Uri.Port
        $failure = Get-Failure { Start-AzOpenAIEmulator -Port $port -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "EmulatorStartFailed,$class"
        $failure.TargetObject | Should -Be $port
        "$failure" | Should -Match "$port"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'says that dotnet is missing' {
        # By DOTNET_ROOT: a shell that runs by dotnet itself finds its own one, whatever the PATH says.
        $broken = (New-Item -ItemType Directory (Join-Path $TestDrive broken)).FullName
        [IO.File]::WriteAllText((Join-Path $broken $(if ($IsWindows) { 'dotnet.exe' } else { 'dotnet' })), 'no program')
        $output = Invoke-FreshShell "Import-Module '$module'; `$env:PATH = ''; `$env:DOTNET_ROOT = '$broken'; try { Start-AzOpenAIEmulator -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $output[0] | Should -Be "EmulatorDotnetMissing,$class"
        "$output" | Should -Match 'dotnet.microsoft.com'
    }

    # Skipped on Windows: the stand-in for dotnet is a shell script.
    It 'says that the ASP.NET Core runtime is missing' -Skip:$IsWindows {
        $fake = New-FakeDotnet @'
echo "You must install or update .NET to run this application." >&2
echo "Framework: 'Microsoft.AspNetCore.App', version '10.0.0' (x64)" >&2
echo "The following frameworks were found: Microsoft.NETCore.App 10.0.1" >&2
exit 150
'@
        $output = Invoke-FreshShell "Import-Module '$module'; `$env:PATH = ''; `$env:DOTNET_ROOT = '$fake'; try { Start-AzOpenAIEmulator -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $output[0] | Should -Be "EmulatorRuntimeMissing,$class"
        "$output" | Should -Match 'ASP.NET Core'
    }

    # Skipped on Windows: the stand-in for dotnet is a shell script.
    It 'says what the program said when it ends at once' -Skip:$IsWindows {
        $fake = New-FakeDotnet 'echo "no luck today" >&2; exit 3'
        $output = Invoke-FreshShell "Import-Module '$module'; `$env:DOTNET_ROOT = '$fake'; try { Start-AzOpenAIEmulator -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $output[0] | Should -Be "EmulatorStartFailed,$class"
        "$output" | Should -Match 'exited with code 3'
        "$output" | Should -Match 'no luck today'
    }

    # Skipped on Windows: the stand-in for dotnet is a shell script.
    It 'ends at Ctrl+C while it waits, and leaves no process' -Skip:$IsWindows {
        $fake = New-FakeDotnet 'echo $$ > "$0.pid"; exec sleep 120'
        $before = $env:DOTNET_ROOT
        $env:DOTNET_ROOT = $fake
        try {
            $job = Start-InRunspace ([pscustomobject]@{ Uri = '' }) 'Start-AzOpenAIEmulator' -NoConnect
            $null = $job.Shell.BeginInvoke()
            Wait-Until { [IO.File]::Exists("$fake/dotnet.pid") -and [IO.File]::ReadAllText("$fake/dotnet.pid").Trim() } | Should -BeTrue
            $id = [int][IO.File]::ReadAllText("$fake/dotnet.pid")
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $job.Shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(30000) | Should -BeTrue
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            Wait-Until { -not (Test-ProcessRuns $id) } -Seconds 10 | Should -BeTrue
        }
        finally { $env:DOTNET_ROOT = $before }
    }
}

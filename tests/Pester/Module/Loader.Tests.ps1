# How the module gets into a process: once, again, in other runspaces, by itself, and not at all when another version is there.
# A binary module cannot be unloaded, so each case has a shell of its own.
BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $module = Get-ModulePath
    $manifest = [IO.Path]::Combine($module, 'AzOpenAI.psd1')
    $version = (Import-PowerShellDataFile $manifest).ModuleVersion
    $exported = (Import-PowerShellDataFile $manifest).CmdletsToExport
    $setup = "`$module = '$($module.Replace("'", "''"))'; `$expected = $($exported.Count); Set-StrictMode -Version Latest; `$ErrorActionPreference = 'Stop';" + @'
function Assert-Complete($When) {
    $count = @(Get-Command -Module AzOpenAI).Count
    if ($count -ne $expected) { throw "$When`: $count commands instead of $expected" }
    if (@(Get-Module AzOpenAI).Count -ne 1) { throw "$When`: $(@(Get-Module AzOpenAI).Count) modules" }
    Assert-Run $When
}
# Without a session there is one answer, and it is ours.
function Assert-Run($When) {
    try { $null = Get-AzOpenAIContext; throw "$When`: a context from nowhere" }
    catch { if ($_.FullyQualifiedErrorId -notlike '*,AzOpenAI.Commands.GetAzOpenAIContextCommand') { throw } }
}
'@

    # The last line that the script prints must be 'done': a shell that ends early has failed, whatever its exit code.
    function Assert-Shell([string] $Script, [hashtable] $Environment = @{}) {
        $output = @(Invoke-FreshShell "$setup`n$Script`n'done'" -Environment $Environment)
        $output[-1] | Should -Be 'done' -Because ($output -join "`n")
        $output | Select-Object -SkipLast 1
    }
}

Describe 'Import' {
    It 'works under StrictMode and ErrorActionPreference Stop, without a word' {
        Assert-Shell 'Import-Module $module -WarningAction Stop; Assert-Complete first' | Should -BeNullOrEmpty
    }

    It 'gives every command the name and version of the manifest' {
        Assert-Shell @'
Import-Module $module
foreach ($command in Get-Command -Module AzOpenAI) { "$($command.Source) $($command.Version) $($command.CommandType)" }
'@ | Sort-Object -Unique | Should -Be "AzOpenAI $version Cmdlet"
    }

    It 'works again with -Force, twice' {
        Assert-Shell @'
Import-Module $module; Assert-Complete first
Import-Module $module -Force; Assert-Complete second
Import-Module $module -Force; Assert-Complete third
'@
    }

    It 'leaves nothing in $Error, whichever import it is' {
        Assert-Shell @'
Import-Module $module; Import-Module $module -Force; Remove-Module AzOpenAI; Import-Module $module
if ($Error.Count) { throw "$($Error.Count) errors: $Error" }
Write-Error mine -ErrorAction SilentlyContinue
Import-Module $module -Force
if ($Error.Count -ne 1 -or "$($Error[0])" -ne 'mine') { throw "$($Error.Count) errors: $Error" }
'@
    }

    It 'works again after Remove-Module, which takes every command away' {
        Assert-Shell @'
Import-Module $module
Remove-Module AzOpenAI
if (Get-Command -Module AzOpenAI) { throw 'commands are left' }
if (Get-Module) { $left = (Get-Module).Name | Where-Object { $_ -like 'AzOpenAI*' }; if ($left) { throw "modules are left: $left" } }
Import-Module $module; Assert-Complete again
'@
    }

    It 'works by the path of the manifest, and with a prefix' {
        Assert-Shell 'Import-Module "$module/AzOpenAI.psd1" -Prefix X; if (-not (Get-Command Get-XAzOpenAIContext)) { throw }'
    }

    It 'leaves no variable, function, alias or drive behind' {
        Assert-Shell @'
$before = @(Get-ChildItem Variable:, Function:, Alias: | ForEach-Object { "$($_.PSDrive) $($_.Name)" })
Import-Module $module
$after = @(Get-ChildItem Variable:, Function:, Alias: | ForEach-Object { "$($_.PSDrive) $($_.Name)" })
Compare-Object $before $after | Where-Object { $_.InputObject -notmatch ' (before|after|\?|\^|\$|_|PSItem)$' } | ForEach-Object InputObject
'@ | Should -BeNullOrEmpty
    }

    It 'says in one error what to do where the module was not built' {
        $copy = Join-Path $TestDrive 'unbuilt'
        $null = New-Item -ItemType Directory "$copy/module"
        Copy-Item $manifest $copy
        Copy-Item "$module/module/*.ps*1*" "$copy/module"
        Copy-Item "$module/module/Views" "$copy/module" -Recurse
        $output = Assert-Shell "try { Import-Module '$copy/AzOpenAI.psd1'; 'imported' } catch { `$_.Exception.Message }"
        $output | Should -HaveCount 1
        $output | Should -BeLike '*been built*dotnet build*'
    }
}

Describe 'Other runspaces' {
    It 'a second runspace imports it' {
        Assert-Shell @'
Import-Module $module
$shell = [PowerShell]::Create()
$count = $shell.AddScript('param($module) Import-Module $module; (Get-Command -Module AzOpenAI).Count').AddArgument($module).Invoke()
if ($shell.HadErrors) { throw $shell.Streams.Error[0] }
if ($count[0] -ne $expected) { throw "$count commands" }
Assert-Complete 'the first runspace'
'@
    }

    It 'an initial session state imports it' {
        Assert-Shell @'
$state = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
$state.ImportPSModule($module)
$shell = [PowerShell]::Create($state)
$count = $shell.AddScript('(Get-Command -Module AzOpenAI).Count').Invoke()
if ($count[0] -ne $expected) { throw "$count commands" }
'@
    }

    It 'many runspaces import it at once' {
        Assert-Shell @'
$counts = 1..8 | ForEach-Object -Parallel { Import-Module $using:module; (Get-Command -Module AzOpenAI).Count } -ThrottleLimit 8
if (@($counts | Where-Object { $_ -eq $expected }).Count -ne 8) { throw "counts: $counts" }
Import-Module $module; Assert-Complete 'the main runspace'
'@
    }

    It 'a thread job imports it' {
        Assert-Shell @'
$count = Start-ThreadJob { Import-Module $using:module; (Get-Command -Module AzOpenAI).Count } | Receive-Job -Wait -AutoRemoveJob
if ($count -ne $expected) { throw "$count commands" }
'@
    }

    It 'a background job imports it' {
        Assert-Shell @'
$count = Start-Job { Import-Module $using:module; (Get-Command -Module AzOpenAI).Count } | Receive-Job -Wait -AutoRemoveJob
if ($count -ne $expected) { throw "$count commands" }
'@
    }
}

Describe 'By PSModulePath' {
    BeforeAll {
        $installed = Join-Path $TestDrive 'modules'
        $null = New-Item -ItemType Directory "$installed/AzOpenAI"
        Copy-Item $module "$installed/AzOpenAI/$version" -Recurse
        $path = @{ PSModulePath = $installed + [IO.Path]::PathSeparator + $env:PSModulePath }
    }

    It 'a command loads it by itself' {
        Assert-Shell 'Assert-Run auto-load; Assert-Complete auto-load; (Get-Module AzOpenAI).ModuleBase' $path | Should -BeLike "*AzOpenAI?$version"
    }

    It 'Get-Help, Get-Command and Tab find it before it is loaded' {
        Assert-Shell @'
if ((Get-Command Invoke-AzOpenAIChat).Source -ne 'AzOpenAI') { throw 'Get-Command' }
if ((Get-Help Invoke-AzOpenAIChat).Synopsis -match '^\s*Invoke-AzOpenAIChat \[') { throw 'no written help' }
$names = [Management.Automation.CommandCompletion]::CompleteInput('Invoke-AzOpenAIC', 16, $null).CompletionMatches.CompletionText
if ($names -notcontains 'Invoke-AzOpenAIChat') { throw "Tab: $names" }
'@ $path
    }

    It 'Import-Module takes it by name and version' {
        Assert-Shell "Import-Module AzOpenAI -RequiredVersion $version; Assert-Complete name" $path
    }
}

Describe 'Another version in the process' {
    BeforeAll {
        # Looks to the loader like the module in version 99.1.2.
        $otherAssembly = [IO.Path]::Combine((Get-RepositoryRoot), 'tests', 'fixtures', 'OtherVersion', 'bin', 'AzOpenAI.Abstractions.dll')
        $otherModule = Join-Path $TestDrive 'other'
        Copy-Item $module $otherModule -Recurse
        Copy-Item $otherAssembly "$otherModule/module/bin/AzOpenAI.Abstractions.dll" -Force
        (Get-Content $manifest -Raw).Replace("'$version'", "'99.1.2'") | Set-Content "$otherModule/AzOpenAI.psd1"
    }

    It 'is one clear error that names both, and leaves the loaded one as it was' {
        $output = Assert-Shell @"
Import-Module `$module
try { Import-Module '$otherModule/AzOpenAI.psd1'; 'imported' } catch { `$_.Exception.Message }
`$loaded = @(Get-Module AzOpenAI)
if (`$loaded.Count -ne 1 -or "`$(`$loaded.Version)" -ne '$version') { throw "loaded: `$(`$loaded.Version)" }
Assert-Complete 'after the refusal'
"@
        $output | Should -HaveCount 1
        $output | Should -BeLike "*99.1.2*$version*Start a new PowerShell*"
    }

    It 'is refused in the other order, too' {
        $output = Assert-Shell @"
`$null = [Reflection.Assembly]::LoadFrom('$otherAssembly')
try { Import-Module `$module; 'imported' } catch { `$_.Exception.Message }
if (Get-Module AzOpenAI) { throw 'an empty module is listed as imported' }
"@
        $output | Should -HaveCount 1
        $output | Should -BeLike "*$version*99.1.2*"
    }

    It 'is said as an error also where errors do not stop the script' {
        $output = Assert-Shell @"
`$ErrorActionPreference = 'Continue'
Import-Module `$module
`$failure = & { Import-Module '$otherModule/AzOpenAI.psd1' } 2>&1
"`$(@(`$failure).Count) error"
"`$failure"
"@
        $output[0] | Should -Be '1 error'
        $output[1] | Should -BeLike "*99.1.2*$version*"
    }
}

Describe 'What is loaded' {
    It 'public types resolve as type literals and parameter types' {
        Assert-Shell @'
Import-Module $module
$types = [AzOpenAI.ChatCompletion], [AzOpenAI.Resource], [AzOpenAI.Deployment], [AzOpenAI.ResourceKey], [AzOpenAI.Connection], [AzOpenAI.Context], [AzOpenAI.AzOpenAIException]
foreach ($type in $types) { if ($type.Assembly.GetName().Name -ne 'AzOpenAI.Abstractions') { throw "$type" } }
Invoke-Expression 'function Use-It([AzOpenAI.Deployment] $Deployment) { $Deployment }; if ((Get-Command Use-It).Parameters.Deployment.ParameterType -ne [AzOpenAI.Deployment]) { throw }'
Invoke-Expression 'using namespace AzOpenAI; if (-not [ChatCompletion]) { throw }'
'@
    }

    It 'an import loads no SDK, and nothing of ours but the loader into the default context' {
        $loaded = Assert-Shell @'
Import-Module $module
foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
    $name = $assembly.GetName().Name
    if ($name -match '^(OpenAI|Azure\.|System\.ClientModel|Microsoft\.Identity|AzOpenAI)') {
        "$([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name) $name"
    }
}
'@
        $loaded | Where-Object { $_ -like 'Default *' } | Should -Be 'Default AzOpenAI.Abstractions'
        $loaded | Should -Contain 'AzOpenAI AzOpenAI'
        $loaded | Where-Object { $_ -notmatch ' AzOpenAI(\.Core|\.Abstractions)?$' } | Should -BeNullOrEmpty
    }

    It 'what is shipped has no copy of the engine' {
        Get-ChildItem $module -Recurse -Filter *.dll | Where-Object Name -Match '^(System\.Management\.Automation|PowerShellStandard|Microsoft\.PowerShell)' | Should -BeNullOrEmpty
        Get-ChildItem $module -Recurse -Filter *.dll | Should -Not -BeNullOrEmpty
    }
}

Describe 'Manifest' {
    It 'passes Test-ModuleManifest without a warning' {
        $tested = Test-ModuleManifest $manifest -WarningVariable warnings -ErrorAction Stop
        $warnings | Should -BeNullOrEmpty
        $tested.Name | Should -Be 'AzOpenAI'
        $tested.Version | Should -Be $version
        $tested.ExportedCmdlets.Keys | Sort-Object | Should -Be ($exported | Sort-Object)
        $tested.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'lists files that exist' {
        $data = Import-PowerShellDataFile $manifest
        foreach ($file in @($data.RootModule) + $data.FormatsToProcess) { Join-Path $module $file | Should -Exist }
    }
}

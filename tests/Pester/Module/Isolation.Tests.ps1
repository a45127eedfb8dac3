# Another module may bring Azure.Core, Azure.Identity and System.ClientModel in versions of its own, as Az.Accounts does. Neither must notice the other.
BeforeDiscovery {
    $orders = @{ Order = 'before'; First = 'Use-Rival'; Second = 'Use-Ours' }, @{ Order = 'after'; First = 'Use-Ours'; Second = 'Use-Rival' }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $rival = [IO.Path]::Combine((Get-RepositoryRoot), 'tests', 'fixtures', 'RivalSdk', 'bin')
    $emulator = Connect-TestEmulator
    $null = New-TestResource $emulator contoso -Deployment chat

    $script = "`$module = '$(Get-ModulePath)'; `$rival = '$rival'; `$emulator = '$($emulator.Uri)';" + @'
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The rival's types as another module would use them: loaded in the default context, each version its own.
function Use-Rival {
    foreach ($name in 'System.ClientModel', 'Azure.Core', 'Microsoft.Identity.Client', 'Azure.Identity') { $null = [Reflection.Assembly]::LoadFrom("$rival/$name.dll") }
    $token = Invoke-Expression '[Azure.Core.AccessToken]::new("text", [DateTimeOffset]::UtcNow)'
    if ($token.Token -ne 'text') { throw 'Azure.Core of the rival' }
    $credential = Invoke-Expression '[Azure.Identity.ClientSecretCredential]::new([string][guid]::NewGuid(), [string][guid]::NewGuid(), "secret")'
    $base = $credential.GetType().BaseType
    if ($base.Assembly.Location -ne [IO.Path]::Combine($rival, 'Azure.Core.dll')) { throw "The rival's credential derives from $($base.Assembly.Location)" }
    $key = Invoke-Expression '[System.ClientModel.ApiKeyCredential]::new("key")'
    if ($key.GetType().Assembly.Location -ne [IO.Path]::Combine($rival, 'System.ClientModel.dll')) { throw 'System.ClientModel of the rival' }
}

# Both planes: Azure.Core and Azure.Identity for the one, OpenAI and System.ClientModel for the other.
function Use-Ours {
    Import-Module $module
    $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator
    if ((Get-AzOpenAIResource).Name -notcontains 'contoso') { throw 'no resource' }
    $answer = Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey | Invoke-AzOpenAIChat 'Hello'
    if ($answer.FinishReason -ne 'stop') { throw 'no answer' }
}

function Get-Copy {
    foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
        $name = $assembly.GetName()
        if ($name.Name -match '^(OpenAI|Azure\.|System\.ClientModel|Microsoft\.Identity)') {
            "$([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name): $($name.Name) $($name.Version)"
        }
    }
}
'@

    function Get-FileVersion([string] $Path) { [Reflection.AssemblyName]::GetAssemblyName($Path).Version }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'A rival copy of the SDKs, loaded <Order> ours' -ForEach $orders {
    It 'both work, each with its own copy' {
        $output = @(Invoke-FreshShell "$script $First; $Second; $First; $Second; Get-Copy; 'done'")
        $output[-1] | Should -Be 'done' -Because ($output -join "`n")
        $bin = [IO.Path]::Combine((Get-ModulePath), 'module', 'bin')
        foreach ($name in 'Azure.Core', 'System.ClientModel') {
            $ours = Get-FileVersion "$bin/$name.dll"
            $theirs = Get-FileVersion "$rival/$name.dll"
            $ours | Should -Not -Be $theirs -Because 'the test needs two versions'
            $output | Should -Contain "Default: $name $theirs"
            $output | Should -Contain "AzOpenAI: $name $ours"
        }
    }

    It 'works under a credential of ours that signs in with Azure.Identity' {
        $signIn = @'
try { Connect-AzOpenAI -Tenant 00000000-0000-0000-0000-000000000000 -AuthorityHost http://127.0.0.1:9/ -ManagementEndpoint http://127.0.0.1:9/ -AzureCli } catch { $_.Exception.GetType().FullName }
'@
        $output = @(Invoke-FreshShell "$script Use-Ours; $First; $signIn; $Second; 'done'" -Environment @{ PATH = '' })
        $output[-1] | Should -Be 'done' -Because ($output -join "`n")
        $output | Should -Contain 'AzOpenAI.AzOpenAIException'
    }
}

Describe 'Ours alone' {
    It 'puts no SDK into the default context, whatever it does' {
        $output = @(Invoke-FreshShell "$script Use-Ours; Get-Copy; 'done'")
        $output[-1] | Should -Be 'done' -Because ($output -join "`n")
        $output | Should -Contain "AzOpenAI: System.ClientModel $(Get-FileVersion ([IO.Path]::Combine((Get-ModulePath), 'module', 'bin', 'System.ClientModel.dll')))"
        $output | Where-Object { $_ -like 'Default:*' } | Should -BeNullOrEmpty
    }
}

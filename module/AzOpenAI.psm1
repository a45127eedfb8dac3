# Loader only. What runs at every import is kept short, since a script is compiled as it is met: rare cases stand in functions, which are compiled when called.
# A command outside Microsoft.PowerShell.Core would auto-load its module and cost up to 100 ms.
function Stop-Import([Exception] $Cause, [string] $Path) {
    if (-not [IO.File]::Exists($Path)) {
        throw [IO.FileNotFoundException]::new("AzOpenAI is not built: '$Path' is missing. In a clone, run 'dotnet build' first.", $Cause)
    }
    $wanted = [Reflection.AssemblyName]::GetAssemblyName($Path).Version.ToString(3)
    foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
        $loaded = $assembly.GetName()
        if ($loaded.Name -eq 'AzOpenAI.Abstractions' -and $assembly.Location -ne $Path) {
            throw [InvalidOperationException]::new(
                "AzOpenAI $wanted cannot be imported from '$PSScriptRoot': AzOpenAI $($loaded.Version.ToString(3)) is loaded " +
                "in this process, from '$($assembly.Location)', and .NET cannot unload it. Start a new PowerShell to use the other version.", $Cause)
        }
    }
    throw $Cause
}

function Add-MissingExport([psmoduleinfo] $From, [psmoduleinfo] $To) {
    $flags = [Reflection.BindingFlags]'Instance, NonPublic'
    foreach ($cmdlet in $From.ExportedCmdlets.Values) {
        if (-not $To.ExportedCmdlets.ContainsKey($cmdlet.Name)) { $null = [psmoduleinfo].GetMethod('AddExportedCmdlet', $flags).Invoke($To, @(, $cmdlet)) }
    }
    foreach ($alias in $From.ExportedAliases.Values) {
        if (-not $To.ExportedAliases.ContainsKey($alias.Name)) { $null = [psmoduleinfo].GetMethod('AddExportedAlias', $flags).Invoke($To, @(, $alias)) }
    }
}

$path = "$PSScriptRoot/bin/AzOpenAI.Abstractions.dll"
try {
    $null = [Reflection.Assembly]::LoadFrom($path)
    $inner = Import-Module -Assembly ([AzOpenAI.ModuleLoadContext]::Load("$PSScriptRoot/bin/AzOpenAI.dll")) -PassThru
}
catch { Stop-Import $_.Exception $path }

# A later import of the same assembly is answered from a cache that leaves the outer module without commands (PowerShell issue 20710).
if ([AzOpenAI.ModuleLoadContext]::IsShared) { Add-MissingExport $inner $ExecutionContext.SessionState.Module }

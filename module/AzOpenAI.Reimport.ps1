# Handles imports after the first one: imports the loaded assembly again, or throws a single error that explains why it can't be imported.
param([Exception] $Cause)

$abstractions = [IO.Path]::Combine($PSScriptRoot, 'bin', 'AzOpenAI.Abstractions.dll')
if (-not [IO.File]::Exists($abstractions)) {
    throw [IO.FileNotFoundException]::new("AzOpenAI hasn't been built: '$abstractions' is missing. In a clone of the repository, run 'dotnet build' first.", $Cause)
}

$wanted = [Reflection.AssemblyName]::GetAssemblyName($abstractions).Version.ToString(3)
$loaded = [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'AzOpenAI.Abstractions' -and $_.Location -ne $abstractions }, 'First')
if ($loaded) {
    throw [InvalidOperationException]::new(
        "AzOpenAI $wanted can't be imported from '$PSScriptRoot': AzOpenAI $($loaded[0].GetName().Version.ToString(3)) is already loaded in this process, " +
        "from '$($loaded[0].Location)', and .NET can't unload it. Start a new PowerShell session to use the other version.", $Cause)
}

$inner = Import-Module ([AzOpenAI.ModuleLoadContext]::Load([IO.Path]::Combine($PSScriptRoot, 'bin', 'AzOpenAI.dll'))) -DisableNameChecking -PassThru
$global:Error.RemoveAt(0)

# A later import in the same runspace uses a cache that leaves the outer module without commands (PowerShell issue 20710).
$outer = $ExecutionContext.SessionState.Module
$flags = [Reflection.BindingFlags]'Instance, NonPublic'
foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
    if (-not $outer.ExportedCmdlets.ContainsKey($cmdlet.Name)) { $null = [psmoduleinfo].GetMethod('AddExportedCmdlet', $flags).Invoke($outer, @(, $cmdlet)) }
}
foreach ($alias in $inner.ExportedAliases.Values) {
    if (-not $outer.ExportedAliases.ContainsKey($alias.Name)) { $null = [psmoduleinfo].GetMethod('AddExportedAlias', $flags).Invoke($outer, @(, $alias)) }
}

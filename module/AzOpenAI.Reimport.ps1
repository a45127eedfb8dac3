# What the loader does when a first import did not succeed: import again what is loaded, or say in one error why it cannot be.
param([Exception] $Cause)

$abstractions = [IO.Path]::Combine($PSScriptRoot, 'bin', 'AzOpenAI.Abstractions.dll')
if (-not [IO.File]::Exists($abstractions)) {
    throw [IO.FileNotFoundException]::new("AzOpenAI is not built: '$abstractions' is missing. In a clone, run 'dotnet build' first.", $Cause)
}

$wanted = [Reflection.AssemblyName]::GetAssemblyName($abstractions).Version.ToString(3)
$loaded = [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'AzOpenAI.Abstractions' -and $_.Location -ne $abstractions }, 'First')
if ($loaded) {
    throw [InvalidOperationException]::new(
        "AzOpenAI $wanted cannot be imported from '$PSScriptRoot': AzOpenAI $($loaded[0].GetName().Version.ToString(3)) is loaded in this process, " +
        "from '$($loaded[0].Location)', and .NET cannot unload it. Start a new PowerShell to use the other version.", $Cause)
}

$inner = Import-Module ([AzOpenAI.ModuleLoadContext]::Load([IO.Path]::Combine($PSScriptRoot, 'bin', 'AzOpenAI.dll'))) -DisableNameChecking -PassThru
$global:Error.RemoveAt(0)

# A later import in the same runspace is answered from a cache that leaves the outer module without commands (PowerShell issue 20710).
$outer = $ExecutionContext.SessionState.Module
$flags = [Reflection.BindingFlags]'Instance, NonPublic'
foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
    if (-not $outer.ExportedCmdlets.ContainsKey($cmdlet.Name)) { $null = [psmoduleinfo].GetMethod('AddExportedCmdlet', $flags).Invoke($outer, @(, $cmdlet)) }
}
foreach ($alias in $inner.ExportedAliases.Values) {
    if (-not $outer.ExportedAliases.ContainsKey($alias.Name)) { $null = [psmoduleinfo].GetMethod('AddExportedAlias', $flags).Invoke($outer, @(, $alias)) }
}

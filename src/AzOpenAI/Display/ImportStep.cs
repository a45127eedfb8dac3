using System.Management.Automation;

namespace AzOpenAI.Display;

/// <summary>Registers the definitions of <see cref="TypeDisplay"/> in each import. The engine runs it once in every runspace that imports the module.</summary>
public sealed class ImportStep : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // The command by its type: by its name, it would import the module that it is part of.
        Type command = Type.GetType("Microsoft.PowerShell.Commands.UpdateTypeDataCommand, Microsoft.PowerShell.Commands.Utility", throwOnError: true)!;
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        _ = shell.AddCommand(new CmdletInfo("Update-TypeData", command)).AddParameter("TypeData", TypeDisplay.Create()).AddParameter("Force").Invoke();
    }
}

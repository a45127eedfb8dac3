using System.Management.Automation;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Disconnect-AzOpenAI.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "AzOpenAI")]
public sealed class DisconnectAzOpenAICommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => Session.Current.Clear();
}

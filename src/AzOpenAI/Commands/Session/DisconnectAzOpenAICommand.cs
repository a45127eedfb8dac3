using System.Management.Automation;
using AzOpenAI.Infrastructure;

namespace AzOpenAI.Commands;

/// <summary>Disconnect-AzOpenAI.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "AzOpenAI")]
public sealed class DisconnectAzOpenAICommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => Session.Current.Clear();
}

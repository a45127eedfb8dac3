using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Remove-AzOpenAIDeletedResource.</summary>
[Cmdlet(VerbsCommon.Remove, "AzOpenAIDeletedResource", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(DeletedResource))]
public sealed class RemoveAzOpenAIDeletedResourceCommand : DeletedResourceCmdlet
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (ManagementClient client, DeletedResource deleted) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        PlannedStep step = new($"deleted resource '{deleted.Name}' in '{deleted.ResourceGroupName}' ({deleted.Location})", "Purge");
        string question = $"Purge deleted resource '{deleted.Name}' of '{deleted.ResourceGroupName}'? A purged resource can't be restored.";
        if (!await Confirmation.ShouldDestroyAsync(this, [step], question, Force).ConfigureAwait(false))
            return;

        await client.DeletedResources.PurgeAsync(deleted, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        if (PassThru)
            await WriteAsync(deleted).ConfigureAwait(false);
    }
}

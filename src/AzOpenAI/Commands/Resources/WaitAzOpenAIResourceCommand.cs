using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Commands;

/// <summary>Wait-AzOpenAIResource.</summary>
[Cmdlet(VerbsLifecycle.Wait, "AzOpenAIResource", DefaultParameterSetName = ByObject)]
[OutputType(typeof(Resource))]
public sealed class WaitAzOpenAIResourceCommand : ResourceCmdlet
{
    private const string Deleted = "Deleted";

    [Parameter]
    [ValidateSet("Succeeded", "Failed", "Canceled", "Accepted", "Creating", "Deleting", Deleted)]
    public string State { get; set; } = "Succeeded";

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        bool deleted = State.Equals(Deleted, StringComparison.OrdinalIgnoreCase);
        try
        {
            (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
            Resource? reached = await client.Resources.WaitAsync(resource, deleted ? null : State, cancellationToken).ConfigureAwait(false);
            if (reached is not null)
                await WriteAsync(reached).ConfigureAwait(false);
        }
        catch (AzOpenAIException e) when (deleted && e.ErrorId is nameof(Messages.ResourceNotFound) or nameof(Messages.ResourceGroupNotFound))
        {
            await WriteVerboseAsync("The resource doesn't exist anymore.").ConfigureAwait(false);
        }
    }
}

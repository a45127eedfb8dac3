using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Removals;
using AzOpenAI.Core.Management.ResourceGroups;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Cli.Quickstart;

/// <summary>Removes what the run created. It can't be canceled, because what is left costs money. A step that fails doesn't prevent the others.</summary>
internal sealed class QuickstartCleanUp(ManagementClient client, QuickstartNames names, string location, MadeResources made, StepPrinter printer)
{
    private string DeletedId => names.DeletedResourceId(client.SubscriptionId, location);

    /// <summary>Removes resource and group; what couldn't be removed remains in the list.</summary>
    public async Task RunAsync()
    {
        await TryAsync(RemoveResourceAsync).ConfigureAwait(false);
        await TryAsync(RemoveGroupAsync).ConfigureAwait(false);
        // A resource that Azure was still creating when the run was stopped is deleted with its group, and is then only soft-deleted.
        await TryAsync(PurgeAsync).ConfigureAwait(false);
    }

    private async Task RemoveResourceAsync()
    {
        if (await client.Resources.FindAsync(names.Group, names.Resource, CancellationToken.None).ConfigureAwait(false) is not Resource resource)
            return;
        ResourceRemover remover = new(client);
        await printer.StepAsync("remove and purge", names.Resource, async () =>
        {
            ResourceRemovalPlan plan = await remover.PlanAsync(resource, purge: true, CancellationToken.None).ConfigureAwait(false);
            await remover.ApplyAsync(plan, CancellationToken.None).ConfigureAwait(false);
        }).ConfigureAwait(false);
        made.Remove(names.ResourceId(client.SubscriptionId));
    }

    private async Task RemoveGroupAsync()
    {
        if (await client.ResourceGroups.ExistsAsync(names.Group, CancellationToken.None).ConfigureAwait(false))
            await printer.StepAsync("remove resource group", names.Group, () => client.ResourceGroups.DeleteAsync(names.Group, CancellationToken.None)).ConfigureAwait(false);
        bool purged = !made.Ids.Contains(names.ResourceId(client.SubscriptionId));
        made.Remove(names.GroupId(client.SubscriptionId));
        if (!purged)
            made.Add(DeletedId);
    }

    private async Task PurgeAsync()
    {
        if (!made.Ids.Contains(DeletedId))
            return;
        foreach (DeletedResource resource in await client.DeletedResources.ListAsync(null, names.Group, CancellationToken.None).ConfigureAwait(false))
            await printer.StepAsync("purge", resource.Name, () => client.DeletedResources.PurgeAsync(resource, CancellationToken.None)).ConfigureAwait(false);
        made.Remove(DeletedId);
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (AzOpenAIException exception)
        {
            printer.Explain(exception);
        }
    }
}

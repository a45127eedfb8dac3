using System.Text.Json;

namespace AzOpenAI.Core.Management;

/// <summary>Soft-deleted accounts of the subscription.</summary>
internal sealed class DeletedResourceOperations(ManagementClient client)
{
    private const int MaxLooks = 10;

    public async Task<IReadOnlyList<DeletedResource>> ListAsync(CancellationToken cancellationToken)
    {
        var deleted = new List<DeletedResource>();
        ArmRequest request = ArmRequest.Get(ArmPath.OfSubscription(client.SubscriptionId, "deletedAccounts"));
        await foreach ((ArmResponse response, JsonElement item) in client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            if (DeletedResource.Map(response, item) is DeletedResource resource)
                deleted.Add(resource);
        }

        return deleted;
    }

    /// <summary>Waits until the account shows up among the deleted ones, then purges it: a purge that comes too early finds nothing and says nothing.</summary>
    public async Task PurgeAsync(string location, string group, string name, CancellationToken cancellationToken)
    {
        string path = ArmPath.DeletedAccount(client.SubscriptionId, location, group, name);
        string activity = $"Purging resource '{name}'";
        OperationBudget budget = client.Arm.NewBudget();
        for (int look = 0; look < MaxLooks; look++)
        {
            ArmResponse found = await client.Arm.TrySendAsync(ArmRequest.Get(path) with { Activity = activity }, budget, cancellationToken).ConfigureAwait(false);
            if (found.Status != 404)
                break;
            TimeSpan delay = ArmDelay.Default(look);
            if (!budget.Allows(delay))
                break;
            await Task.Delay(delay, client.Options.Clock, cancellationToken).ConfigureAwait(false);
        }

        ArmResponse purged = await client.Writer.WriteAsync(
            ArmPath.Account(client.SubscriptionId, group, name), ArmRequest.Delete(path) with { Activity = activity }, wait: true, cancellationToken).ConfigureAwait(false);
        if (purged.Status is 204 or 404)
            client.Options.Reporter.Warning($"The resource '{name}' was not found among the deleted ones of {location}; its name may be taken until Azure purges it.");
    }
}

using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>Soft-deleted accounts of the subscription.</summary>
public sealed class DeletedResourceOperations
{
    private const int MaxLooks = 10;

    private readonly ManagementClient _client;

    internal DeletedResourceOperations(ManagementClient client) => _client = client;

    /// <summary>Soft-deleted resources of kind OpenAI and AIServices.</summary>
    /// <param name="location">Region in any spelling; null for all.</param>
    /// <param name="resourceGroup">Resource group; null for all.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async Task<IReadOnlyList<DeletedResource>> ListAsync(string? location, string? resourceGroup, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeletedAccount> all = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return [.. all
            .Where(d => ResourceMapper.IsOurs(d.Resource)
                && (location is null || LocationName.Same(location, d.Resource.Location))
                && (resourceGroup is null || resourceGroup.Equals(d.Resource.ResourceGroupName, StringComparison.OrdinalIgnoreCase)))
            .Select(d => d.ToResource(_client.ServiceNow))];
    }

    /// <summary>Returns the only soft-deleted resource with that name.</summary>
    /// <exception cref="AzOpenAIException">DeletedResourceNotFound with similar names, ResourceAmbiguous with the groups.</exception>
    public async Task<DeletedResource> GetAsync(string? resourceGroup, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        IReadOnlyList<DeletedResource> all = await ListAsync(null, resourceGroup, cancellationToken).ConfigureAwait(false);
        DeletedResource[] matches = [.. all.Where(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (matches.Length == 1)
            return matches[0];
        if (matches.Length > 1)
        {
            throw Failure.Of(
                nameof(Messages.ResourceAmbiguous), ErrorKind.InvalidInput, name, matches.Length, string.Join(", ", matches.Select(r => $"'{r.ResourceGroupName}'")));
        }

        string nearest = Nearest.List(name, all.Select(r => r.Name));
        throw Failure.Of(
            nameof(Messages.DeletedResourceNotFound), ErrorKind.NotFound, name,
            resourceGroup is null ? $"the subscription {_client.SubscriptionId}" : $"the resource group '{resourceGroup}'", nearest.Length > 0 ? $" (did you mean {nearest}?)" : "");
    }

    /// <summary>Purges a soft-deleted resource: name, subdomain and quota become available.</summary>
    /// <exception cref="AzOpenAIException">DeletedResourceNotFound: it was purged or restored meanwhile.</exception>
    public async Task PurgeAsync(DeletedResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        DeletedResourceOperations own = _client.For(resource.SubscriptionId).DeletedResources;
        if (!await own.TryPurgeAsync(resource.Location, resource.ResourceGroupName, resource.Name, cancellationToken).ConfigureAwait(false))
            throw Failure.Of(nameof(Messages.DeletedResourceNotFound), ErrorKind.NotFound, resource.Name, $"the resource group '{resource.ResourceGroupName}'", "");
    }

    internal async Task<IReadOnlyList<DeletedAccount>> ReadAsync(CancellationToken cancellationToken)
    {
        var deleted = new List<DeletedAccount>();
        ArmRequest request = ArmRequest.Get(ArmPath.OfSubscription(_client.SubscriptionId, "deletedAccounts"));
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            if (DeletedAccount.Map(response, item) is DeletedAccount account)
                deleted.Add(account);
        }

        return deleted;
    }

    /// <summary>Waits until the account is listed as deleted, then purges it: a purge that is too early has no effect and reports no error.</summary>
    internal async Task PurgeDeletedNowAsync(string location, string group, string name, CancellationToken cancellationToken)
    {
        string path = ArmPath.DeletedAccount(_client.SubscriptionId, location, group, name);
        string activity = Activity(name);
        OperationBudget budget = _client.Arm.NewBudget();
        for (int look = 0; look < MaxLooks; look++)
        {
            ArmResponse found = await _client.Arm.TrySendAsync(ArmRequest.Get(path) with { Activity = activity }, budget, cancellationToken).ConfigureAwait(false);
            if (found.Status != 404)
                break;
            TimeSpan delay = ArmDelay.Default(look);
            if (!budget.Allows(delay))
                break;
            await Task.Delay(delay, _client.Options.Clock, cancellationToken).ConfigureAwait(false);
        }

        if (!await PurgeAsync(group, name, path, cancellationToken).ConfigureAwait(false))
            _client.Options.Reporter.Warning($"Resource '{name}' wasn't found among the soft-deleted resources in {location}. Its name may be unavailable until Azure purges it.");
    }

    /// <summary>Purges a resource that has been listed as deleted for a while. False if it doesn't exist any more.</summary>
    internal async Task<bool> TryPurgeAsync(string location, string group, string name, CancellationToken cancellationToken)
    {
        string path = ArmPath.DeletedAccount(_client.SubscriptionId, location, group, name);
        ArmResponse found = await _client.Arm.TrySendAsync(ArmRequest.Get(path) with { Activity = Activity(name) }, null, cancellationToken).ConfigureAwait(false);
        return found.Status != 404 && await PurgeAsync(group, name, path, cancellationToken).ConfigureAwait(false);
    }

    private static string Activity(string name) => $"Purging resource '{name}'";

    private async Task<bool> PurgeAsync(string group, string name, string path, CancellationToken cancellationToken)
    {
        ArmRequest delete = ArmRequest.Delete(path) with { Activity = Activity(name) };
        ArmResponse purged = await _client.Writer.WriteAsync(ArmPath.Account(_client.SubscriptionId, group, name), delete, wait: true, cancellationToken).ConfigureAwait(false);
        return purged.Status is not (204 or 404);
    }
}

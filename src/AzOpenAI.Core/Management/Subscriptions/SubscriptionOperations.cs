using System.Runtime.CompilerServices;
using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Subscriptions;

/// <summary>Subscriptions that the credential can see.</summary>
public sealed class SubscriptionOperations
{
    private const int MaxShown = 10;

    private readonly ManagementClient _client;

    internal SubscriptionOperations(ManagementClient client) => _client = client;

    /// <summary>All subscriptions.</summary>
    public async IAsyncEnumerable<Subscription> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.Subscriptions, ArmApiVersions.Subscriptions);
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            yield return response.Read(item, SubscriptionJson.Default.SubscriptionDto).ToSubscription(response);
    }

    /// <summary>Returns one by ID.</summary>
    /// <exception cref="AzOpenAIException">SubscriptionNotFound, WrongTenant.</exception>
    public async Task<Subscription> GetAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        ArmResponse response = await _client.Arm.SendAsync(ArmRequest.Get(ArmPath.Subscription(subscriptionId), ArmApiVersions.Subscriptions), cancellationToken)
            .ConfigureAwait(false);
        return response.Read(SubscriptionJson.Default.SubscriptionDto).ToSubscription(response);
    }

    /// <summary>Returns one by GUID, Azure Resource Manager ID or display name.</summary>
    /// <exception cref="AzOpenAIException">SubscriptionIdInvalid, SubscriptionNotFound, SubscriptionUnknown, SubscriptionAmbiguous with the IDs.</exception>
    public async Task<Subscription> ResolveAsync(string nameOrId, CancellationToken cancellationToken)
    {
        if (ArmId.IsMeant(nameOrId))
            nameOrId = ArmId.TryParse(nameOrId, out _) is { Kind: ArmIdKind.Subscription } own ? own.SubscriptionId : ArmName.CheckSubscription(nameOrId);
        if (Guid.TryParse(nameOrId, out Guid id))
            return await GetAsync(id.ToString(), cancellationToken).ConfigureAwait(false);

        var all = new List<Subscription>();
        await foreach (Subscription subscription in ListAsync(cancellationToken).ConfigureAwait(false))
            all.Add(subscription);
        Subscription[] matches = [.. all.Where(s => s.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase))];
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw Failure.Of(nameof(Messages.SubscriptionUnknown), ErrorKind.NotFound, nameOrId, Show(all)),
            _ => throw Failure.Of(nameof(Messages.SubscriptionAmbiguous), ErrorKind.InvalidInput, nameOrId, matches.Length, Show(matches)),
        };
    }

    private static string Show(IReadOnlyCollection<Subscription> subscriptions)
    {
        if (subscriptions.Count == 0)
            return "none";
        string shown = string.Join(", ", subscriptions.Take(MaxShown).Select(s => $"'{s.Name}' ({s.SubscriptionId})"));
        return subscriptions.Count > MaxShown ? $"{shown} and {subscriptions.Count - MaxShown} more" : shown;
    }
}

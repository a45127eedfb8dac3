using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Subscriptions;

namespace AzOpenAI.Completers;

/// <summary>Names of subscriptions that the credential can see.</summary>
public sealed class SubscriptionCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => "";

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (Subscription subscription in client.Subscriptions.ListAsync(cancellationToken).ConfigureAwait(false))
            names.Add(subscription.Name);
        return names;
    }
}

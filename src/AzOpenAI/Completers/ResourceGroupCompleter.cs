using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.ResourceGroups;

namespace AzOpenAI.Completers;

/// <summary>Resource groups of the subscription.</summary>
public sealed class ResourceGroupCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => "";

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (string name in client.ResourceGroups.ListNamesAsync(cancellationToken).ConfigureAwait(false))
            names.Add(name);
        return names;
    }
}

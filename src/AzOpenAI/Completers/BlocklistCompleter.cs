using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;

namespace AzOpenAI.Completers;

/// <summary>Blocklists of the resource.</summary>
public sealed class BlocklistCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => arguments.ResourceKey;

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        Resource resource = await arguments.ResolveResourceAsync(client, cancellationToken).ConfigureAwait(false);
        List<string> names = [];
        await foreach (Blocklist list in client.Blocklists.ListAsync(resource, cancellationToken).ConfigureAwait(false))
            names.Add(list.Name);
        return names;
    }
}

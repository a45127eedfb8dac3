using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.ContentFilters;

namespace AzOpenAI.Completers;

/// <summary>Content filters of the resource.</summary>
public sealed class ContentFilterCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => arguments.ResourceKey;

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        Resource resource = await arguments.ResolveResourceAsync(client, cancellationToken).ConfigureAwait(false);
        List<string> names = [];
        await foreach (ContentFilter filter in client.ContentFilters.ListAsync(resource, cancellationToken).ConfigureAwait(false))
            names.Add(filter.Name);
        return names;
    }
}

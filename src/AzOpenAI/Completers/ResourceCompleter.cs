using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Completers;

/// <summary>Resources of the group or the subscription.</summary>
public sealed class ResourceCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => arguments.ResourceGroupName ?? "";

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (Resource resource in client.Resources.ListAsync(arguments.ResourceGroupName, cancellationToken).ConfigureAwait(false))
            names.Add(resource.Name);
        return names;
    }
}

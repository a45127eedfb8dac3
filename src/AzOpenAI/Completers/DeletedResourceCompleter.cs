using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Completers;

/// <summary>Soft-deleted resources of the group or the subscription.</summary>
public sealed class DeletedResourceCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => arguments.ResourceGroupName ?? "";

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken) =>
        [.. (await client.DeletedResources.ListAsync(null, arguments.ResourceGroupName, cancellationToken).ConfigureAwait(false)).Select(static r => r.Name)];
}

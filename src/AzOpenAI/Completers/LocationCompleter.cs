using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Providers;

namespace AzOpenAI.Completers;

/// <summary>Regions that support the resource type.</summary>
public sealed class LocationCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => "accounts";

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProviderLocation> locations = await client.Providers.ListLocationsAsync(cancellationToken).ConfigureAwait(false);
        return [.. locations.Select(location => location.Name).Order(StringComparer.Ordinal)];
    }
}

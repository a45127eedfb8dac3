using System.Management.Automation;
using AzOpenAI.Core.Management;

namespace AzOpenAI.Parameters;

/// <summary>Regions by name and by wildcard.</summary>
internal static class LocationPatterns
{
    /// <summary>The names as given where none is a pattern, which needs no request; else the regions that match, each once.</summary>
    public static async Task<IReadOnlyList<string>> ExpandAsync(ManagementClient client, IReadOnlyList<string> patterns, CancellationToken cancellationToken)
    {
        if (!patterns.Any(WildcardPattern.ContainsWildcardCharacters))
            return patterns;

        IReadOnlyList<ProviderLocation> all = await client.Providers.ListLocationsAsync(cancellationToken).ConfigureAwait(false);
        WildcardPattern[] wanted = [.. patterns.Select(pattern => WildcardPattern.Get(LocationName.Normalize(pattern), WildcardOptions.IgnoreCase))];
        return [.. all.Select(location => location.Name).Where(name => wanted.Any(pattern => pattern.IsMatch(name)))];
    }
}

using System.Management.Automation;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Providers;

namespace AzOpenAI.Parameters;

/// <summary>Regions by name and by wildcard.</summary>
internal static class LocationPatterns
{
    /// <summary>
    /// The regions without duplicates: those that match a pattern, and each that is specified by name, whether or not it exists. Patterns require a request,
    /// names don't.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ExpandAsync(ManagementClient client, IReadOnlyList<string> patterns, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProviderLocation> all = patterns.Any(WildcardPattern.ContainsWildcardCharacters)
            ? await client.Providers.ListLocationsAsync(cancellationToken).ConfigureAwait(false)
            : [];
        List<string> found = [];
        foreach (string text in patterns)
        {
            string normal = LocationName.Normalize(text);
            if (!WildcardPattern.ContainsWildcardCharacters(text))
            {
                found.Add(normal);
                continue;
            }

            WildcardPattern pattern = WildcardPattern.Get(normal, WildcardOptions.IgnoreCase);
            found.AddRange(all.Select(location => location.Name).Where(pattern.IsMatch));
        }

        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}

using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>
/// Reads the markers of a text: [[filter:CATEGORY]] for the prompt and [[filter-completion:CATEGORY]] for the response, each
/// with =low, =medium or =high if the category has severities (default: high), or CATEGORY "error" for a filter that fails.
/// </summary>
internal static partial class FilterMarkers
{
    public const string Error = "error";

    public static IReadOnlyDictionary<string, FilterSeverity> Read(FilterSource source, string text)
    {
        Dictionary<string, FilterSeverity> found = new(StringComparer.Ordinal);
        if (!text.Contains("[[filter", StringComparison.Ordinal))
        {
            return found;
        }

        foreach (Match match in Marker().Matches(text))
        {
            string category = match.Groups["category"].Value;
            bool side = match.Groups["completion"].Success == (source == FilterSource.Completion);
            if (side && (category == Error || FilterCategories.Known(source).Contains(category, StringComparer.Ordinal)))
            {
                found[category] = match.Groups["severity"].Success
                    ? Enum.Parse<FilterSeverity>(match.Groups["severity"].Value, ignoreCase: true)
                    : FilterSeverity.High;
            }
        }

        return found;
    }

    [GeneratedRegex(@"\[\[filter(?<completion>-completion)?:(?<category>[a-z_]+)(?:=(?<severity>safe|low|medium|high))?\]\]")]
    private static partial Regex Marker();
}

using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>Evaluates a prompt or a response with a policy: what is blocked and how it is annotated.</summary>
internal sealed class ContentFilter(IContentFilterPolicy policy)
{
    public bool Asynchronous => policy.Asynchronous;

    /// <summary>The results for a prompt.</summary>
    public FilterVerdict Prompt(string text) => Evaluate(FilterSource.Prompt, text, text);

    /// <summary>The results for a response; its markers are in the prompt.</summary>
    public FilterVerdict Completion(string prompt, string answer) => Evaluate(FilterSource.Completion, prompt, answer);

    private FilterVerdict Evaluate(FilterSource source, string marked, string text)
    {
        IReadOnlyDictionary<string, FilterSeverity> markers = FilterMarkers.Read(source, marked);
        if (markers.ContainsKey(FilterMarkers.Error))
        {
            return FilterVerdict.Failed;
        }

        SortedDictionary<string, JsonObject> results = new(StringComparer.Ordinal);
        List<string> filtered = [];
        foreach (string category in FilterCategories.Standard(source).Union(markers.Keys, StringComparer.Ordinal))
        {
            if (policy.Rule(source, category) is not { } rule)
            {
                continue;
            }

            FilterSeverity severity = markers.GetValueOrDefault(category);
            bool found = FilterCategories.HasSeverity(category) ? severity != FilterSeverity.Safe && severity >= rule.Threshold : severity != FilterSeverity.Safe;
            results[category] = FilterAnnotations.For(category, found && rule.Blocking, severity, text);
            if (found && rule.Blocking)
            {
                filtered.Add(category);
            }
        }

        if (policy.Blocklists(source, text) is { } lists)
        {
            results["custom_blocklists"] = FilterAnnotations.Blocklists(lists);
            if (lists.Any(l => l.Filtered))
            {
                filtered.Add("custom_blocklists");
            }
        }

        return new FilterVerdict(results, filtered);
    }
}

using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>The results of a filter for one text.</summary>
internal sealed class FilterVerdict(IReadOnlyDictionary<string, JsonObject> results, IReadOnlyList<string> filteredBy)
{
    /// <summary>The filter itself failed: the text isn't blocked, and the annotation reports it.</summary>
    public static readonly FilterVerdict Failed = new(
        new Dictionary<string, JsonObject>
        {
            ["error"] = new() { ["code"] = "content_filter_error", ["message"] = "The contents are not filtered" },
        },
        []);

    public bool Filtered => filteredBy.Count > 0;

    /// <summary>All categories, as in a complete response or a rejected prompt.</summary>
    public JsonObject ToJson() => Write(_ => true);

    /// <summary>The categories that every chunk of a stream includes.</summary>
    public JsonObject ToChunk() => Write(c => FilterCategories.HasSeverity(c) || c == "error" || c == "custom_blocklists" || IsFiltered(c) || IsDetected(c));

    /// <summary>Only what blocked the text.</summary>
    public JsonObject ToSignal() => Write(IsFiltered);

    /// <summary>prompt_filter_results of a response to one or several prompts.</summary>
    public static JsonArray ToPromptResults(IEnumerable<FilterVerdict> prompts) =>
        new([.. prompts.Select((p, i) => (JsonNode?)new JsonObject { ["prompt_index"] = i, ["content_filter_results"] = p.ToJson() })]);

    private bool IsFiltered(string category) => filteredBy.Contains(category, StringComparer.Ordinal);

    private bool IsDetected(string category) => JsonRead.Flag(results[category]["detected"]) == true;

    private JsonObject Write(Func<string, bool> include)
    {
        JsonObject json = [];
        foreach ((string category, JsonObject result) in results)
        {
            if (include(category))
            {
                json[category] = result.DeepClone();
            }
        }

        return json;
    }
}

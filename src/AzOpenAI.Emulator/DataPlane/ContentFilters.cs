using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>
/// Content filter results. A prompt with [[filter:CATEGORY]] is refused; [[filter-completion:CATEGORY]] filters the answer.
/// Categories: hate, sexual, violence, self_harm, jailbreak.
/// </summary>
internal static partial class ContentFilters
{
    private static readonly string[] Severities = ["hate", "self_harm", "sexual", "violence"];

    public static string? PromptTrigger(string text) => PromptMarker().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    public static string? CompletionTrigger(string text) => CompletionMarker().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    public static JsonObject Prompt(string? triggered)
    {
        JsonObject results = Severity(triggered);
        bool jailbreak = triggered == "jailbreak";
        results["jailbreak"] = new JsonObject { ["filtered"] = jailbreak, ["detected"] = jailbreak };
        return results;
    }

    public static JsonArray PromptResults() => new(new JsonObject { ["prompt_index"] = 0, ["content_filter_results"] = Prompt(null) });

    /// <summary>Results of a whole answer.</summary>
    public static JsonObject Completion(string? triggered)
    {
        JsonObject results = Severity(triggered);
        foreach (string name in new[] { "protected_material_code", "protected_material_text" })
        {
            results[name] = new JsonObject { ["filtered"] = false, ["detected"] = false };
        }

        return results;
    }

    public static JsonObject Severity(string? triggered)
    {
        JsonObject results = [];
        foreach (string category in Severities)
        {
            bool filtered = category == triggered;
            results[category] = new JsonObject { ["filtered"] = filtered, ["severity"] = filtered ? "high" : "safe" };
        }

        return results;
    }

    [GeneratedRegex(@"\[\[filter:(hate|sexual|violence|self_harm|jailbreak)\]\]")]
    private static partial Regex PromptMarker();

    [GeneratedRegex(@"\[\[filter-completion:(hate|sexual|violence|self_harm)\]\]")]
    private static partial Regex CompletionMarker();
}

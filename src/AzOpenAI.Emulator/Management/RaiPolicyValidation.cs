using System.Text.Json.Nodes;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>
/// The validation of a policy. The values are those of the specification. Unverified: other values, an unknown base policy or
/// an unknown blocklist are rejected.
/// </summary>
internal static class RaiPolicyValidation
{
    private static readonly string[] Modes = ["Default", "Deferred", "Blocking", "Asynchronous_filter"];
    private static readonly string[] Levels = ["Low", "Medium", "High"];
    private static readonly string[] Sources = ["Prompt", "Completion"];
    private static readonly string[] NewSources = ["PreToolCall", "PostToolCall", "PreRun", "PostRun"];

    public static void Check(ArmRequest request, AccountState account, JsonObject properties)
    {
        OneOf("mode", properties["mode"], Modes);
        if (ArmRequest.Text(properties["basePolicyName"]) is { } basePolicy && !RaiPolicyOperations.Exists(account, basePolicy))
        {
            throw UnverifiedArmErrors.InvalidRaiPolicy($"the base policy '{basePolicy}' does not exist.");
        }

        string[] sources = request.AtLeast("2026-03-01") ? [.. Sources, .. NewSources] : Sources;
        foreach (JsonObject filter in Objects(properties, "contentFilters"))
        {
            string name = ArmRequest.Text(filter["name"]) ?? "";
            RaiCategory category = RaiCategory.Find(name) ?? throw UnverifiedArmErrors.InvalidRaiPolicy($"there is no filter '{name}'.");
            OneOf("source", filter["source"], sources);
            OneOf("severityThreshold", filter["severityThreshold"], Levels);
            if (ArmRequest.Text(filter["source"]) is "Prompt" or "Completion" && !category.Sources.Contains(ArmRequest.Text(filter["source"])))
            {
                throw UnverifiedArmErrors.InvalidRaiPolicy($"the filter '{category.Name}' has no source '{ArmRequest.Text(filter["source"])}'.");
            }
        }

        foreach (JsonObject list in Objects(properties, "customBlocklists"))
        {
            string name = ArmRequest.Text(list["blocklistName"]) ?? "";
            OneOf("source", list["source"], sources);
            if (!account.RaiBlocklists.ContainsKey(name))
            {
                throw UnverifiedArmErrors.InvalidRaiPolicy($"the blocklist '{name}' does not exist.");
            }
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonObject properties, string name) => properties[name] switch
    {
        null => [],
        JsonArray items => items.Select(i => i as JsonObject ?? throw UnverifiedArmErrors.InvalidRaiPolicy($"{name} must hold objects.")),
        _ => throw UnverifiedArmErrors.InvalidRaiPolicy($"{name} must be an array."),
    };

    private static void OneOf(string property, JsonNode? value, string[] allowed)
    {
        if (value is not null && !allowed.Contains(ArmRequest.Text(value), StringComparer.OrdinalIgnoreCase))
        {
            throw UnverifiedArmErrors.InvalidRaiPolicy($"{property} must be one of {string.Join(", ", allowed)}.");
        }
    }
}

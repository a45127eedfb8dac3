using System.Text.Json.Nodes;

namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>The bodies of changes to content filters: always the whole filter, because the service doesn't support PATCH.</summary>
internal static class ContentFilterBody
{
    public static BinaryData Of(ContentFilterPlan plan)
    {
        ContentFilterRequest request = plan.Request;
        JsonObject? live = plan.Existing is null ? null : JsonNode.Parse(plan.Existing.Raw!)!.AsObject();
        JsonObject properties = live?["properties"]?.DeepClone() as JsonObject ?? FromBase(plan.Base!);
        properties.Remove("type");
        if (request.BasePolicy is not null || live is null)
            properties["basePolicyName"] = request.BasePolicy ?? ContentFilterRequest.DefaultBasePolicy;
        if (request.Mode is not null)
            properties["mode"] = request.Mode;
        Rules(properties, request.Settings);
        Blocklists(properties, "Prompt", request.PromptBlocklists);
        Blocklists(properties, "Completion", request.CompletionBlocklists);

        var body = new JsonObject { ["properties"] = properties };
        if (live?["tags"] is JsonNode tags)
            body["tags"] = tags.DeepClone();
        return BinaryData.FromString(body.ToJsonString());
    }

    // Whether the service adds rules that a filter omits isn't documented: all of them are sent.
    private static JsonObject FromBase(ContentFilter basePolicy)
    {
        JsonNode? rules = JsonNode.Parse(basePolicy.Raw!)?["properties"]?["contentFilters"];
        return new JsonObject { ["contentFilters"] = rules?.DeepClone() ?? new JsonArray() };
    }

    private static void Rules(JsonObject properties, IReadOnlyList<ContentFilterSetting> settings)
    {
        if (properties["contentFilters"] is not JsonArray rules)
            properties["contentFilters"] = rules = [];
        foreach (ContentFilterSetting setting in settings)
        {
            JsonObject? rule = rules.OfType<JsonObject>().FirstOrDefault(r => setting.Matches(Text(r, "name"), Text(r, "source")));
            if (rule is null)
                rules.Add(rule = new JsonObject { ["name"] = setting.Category, ["source"] = setting.Side });
            rule["enabled"] = setting.Level != "Off";
            rule["blocking"] = setting.Level is not ("Off" or "Annotate");
            if (setting.Threshold(Text(rule, "severityThreshold")) is string threshold)
                rule["severityThreshold"] = threshold;
        }
    }

    private static void Blocklists(JsonObject properties, string side, IReadOnlyList<string>? names)
    {
        if (names is null)
            return;
        IEnumerable<JsonNode?> kept = (properties["customBlocklists"] as JsonArray ?? [])
            .Where(l => l is JsonObject list && !side.Equals(Text(list, "source"), StringComparison.OrdinalIgnoreCase)).Select(l => l!.DeepClone());
        IEnumerable<JsonNode?> wanted = names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(n => new JsonObject { ["blocklistName"] = n, ["blocking"] = true, ["source"] = side });
        properties["customBlocklists"] = new JsonArray([.. kept, .. wanted]);
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

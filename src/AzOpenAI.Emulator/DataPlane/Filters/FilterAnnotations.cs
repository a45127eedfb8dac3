using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>Writes one category of content_filter_results.</summary>
internal static class FilterAnnotations
{
    public static JsonObject For(string category, bool filtered, FilterSeverity severity, string text)
    {
        JsonObject json = new() { ["filtered"] = filtered };
        if (FilterCategories.HasSeverity(category))
        {
            json["severity"] = severity.ToString().ToLowerInvariant();
            return json;
        }

        bool detected = severity != FilterSeverity.Safe;
        json["detected"] = detected;
        if (!detected)
        {
            return json;
        }

        switch (category)
        {
            case FilterCategories.ProtectedMaterialCode:
                json["citation"] = new JsonObject { ["URL"] = "https://example.com/repository", ["license"] = "MIT" };
                break;
            case FilterCategories.UngroundedMaterial:
                json["details"] = new JsonArray(new JsonObject { ["completion_start_offset"] = 0, ["completion_end_offset"] = text.EnumerateRunes().Count() });
                break;
            case FilterCategories.PersonalInformation:
                json["redacted_text"] = "*****";
                json["sub_categories"] = new JsonArray(new JsonObject
                {
                    ["sub_category"] = "Email",
                    ["filtered"] = filtered,
                    ["detected"] = true,
                    ["redacted"] = true,
                });
                break;
        }

        return json;
    }

    public static JsonObject Blocklists(IReadOnlyList<BlocklistMatch> lists)
    {
        JsonObject json = new() { ["filtered"] = lists.Any(l => l.Filtered) };
        if (lists.Count > 0)
        {
            json["details"] = new JsonArray([.. lists.Select(l => (JsonNode?)new JsonObject { ["id"] = l.Id, ["filtered"] = l.Filtered })]);
        }

        return json;
    }
}

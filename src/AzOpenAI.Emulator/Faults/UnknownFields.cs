using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Faults;

/// <summary>Adds members that no client knows to every object of an answer, as a newer service would.</summary>
internal static class UnknownFields
{
    private const string Name = "x_emulator_unknown";

    /// <summary>Maps whose members are names, not fields: a new member there would be a new thing, not an unknown field.</summary>
    private static readonly string[] Maps = ["tags", "capabilities", "endpoints", "metadata", "userAssignedIdentities"];

    public static void AddTo(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                foreach ((string name, JsonNode? value) in json.ToArray())
                {
                    if (!Maps.Contains(name, StringComparer.Ordinal))
                    {
                        AddTo(value);
                    }
                }

                json[Name] = new JsonObject { ["nested"] = new JsonArray(1, "two", null) };
                break;
            case JsonArray array:
                foreach (JsonNode? item in array)
                {
                    AddTo(item);
                }

                break;
        }
    }
}

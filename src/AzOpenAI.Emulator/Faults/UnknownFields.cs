using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Faults;

/// <summary>Adds unknown members to every object of a response, like a newer service would.</summary>
internal static class UnknownFields
{
    private const string Name = "x_emulator_unknown";

    /// <summary>Maps whose members are names, not fields: an added member would be an object, not an unknown field.</summary>
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

using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>The echo in JSON: an object, or an instance of the schema that was sent.</summary>
internal static class JsonAnswer
{
    public static string For(JsonObject format, string text)
    {
        JsonNode answer = (format["json_schema"] as JsonObject)?["schema"] is JsonObject schema ? Sample(schema, text) : new JsonObject { ["answer"] = text };
        return answer.ToJsonString();
    }

    /// <summary>The simplest value that a schema allows; strings carry the text.</summary>
    public static JsonNode Sample(JsonObject? schema, string text)
    {
        if (schema?["enum"] is JsonArray { Count: > 0 } values && values[0] is { } first)
        {
            return first.DeepClone();
        }

        string? type = schema?["type"] switch
        {
            JsonValue value when value.TryGetValue(out string? name) => name,
            JsonArray { Count: > 0 } names when names[0] is JsonValue value && value.TryGetValue(out string? name) => name,
            _ => null,
        };
        switch (type)
        {
            case "string":
                return JsonValue.Create(text);
            case "integer" or "number":
                return JsonValue.Create(1);
            case "boolean":
                return JsonValue.Create(true);
            case "array":
                return new JsonArray(Sample(schema!["items"] as JsonObject, text));
            default:
                JsonObject json = [];
                foreach ((string name, JsonNode? property) in schema?["properties"] as JsonObject ?? [])
                {
                    json[name] = Sample(property as JsonObject, text);
                }

                return json;
        }
    }
}

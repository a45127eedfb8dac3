using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>A tool call where the request demands one: tool_choice required, or a named function.</summary>
internal static class ToolAnswer
{
    public static JsonArray? For(ChatParameters parameters)
    {
        if (parameters.Body["tools"] is not JsonArray { Count: > 0 } tools)
        {
            return null;
        }

        JsonObject? named = (parameters.Body["tool_choice"] as JsonObject)?["function"] as JsonObject;
        bool required = parameters.Body["tool_choice"] is JsonValue choice && choice.TryGetValue(out string? word) && word == "required";
        if (named is null && !required)
        {
            return null;
        }

        JsonObject? function = tools.OfType<JsonObject>().Select(t => t["function"] as JsonObject)
            .FirstOrDefault(f => f is not null && (named is null || JsonNode.DeepEquals(f["name"], named["name"])));
        if (function is null)
        {
            throw DataPlaneErrors.Invalid("Invalid value for 'tool_choice': the function is not among the tools.", "tool_choice", "invalid_value");
        }

        string arguments = JsonAnswer.Sample(function["parameters"] as JsonObject, parameters.LastUserText).ToJsonString();
        return new JsonArray(new JsonObject
        {
            ["id"] = "call_emulator0001",
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = function["name"]?.DeepClone(), ["arguments"] = arguments },
        });
    }
}

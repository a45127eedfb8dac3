using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Reads the text of chat messages.</summary>
internal static class ChatText
{
    /// <summary>The text of a message, whether a string or parts; parts that are no text count for nothing.</summary>
    public static string Of(JsonObject message) => message["content"] switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonArray parts => string.Concat(parts.OfType<JsonObject>().Select(p => p["text"] is JsonValue v && v.TryGetValue(out string? text) ? text : "")),
        _ => "",
    };

    public static string? Role(JsonObject message) => message["role"] is JsonValue value && value.TryGetValue(out string? role) ? role : null;

    public static string LastUserText(JsonArray messages) =>
        messages.OfType<JsonObject>().LastOrDefault(m => Role(m) == "user") is { } message ? Of(message) : "";
}

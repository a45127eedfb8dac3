using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>Reads the text of chat messages.</summary>
internal static class ChatText
{
    /// <summary>The text of a message, whether a string or parts; other parts are ignored.</summary>
    public static string Of(JsonObject message) => message["content"] switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonArray parts => string.Concat(parts.OfType<JsonObject>().Select(p => JsonRead.Text(p["text"]) ?? "")),
        _ => "",
    };

    public static string? Role(JsonObject message) => JsonRead.Text(message["role"]);

    public static string LastUserText(JsonArray messages) =>
        messages.OfType<JsonObject>().LastOrDefault(m => Role(m) == "user") is { } message ? Of(message) : "";

    /// <summary>All text of a conversation.</summary>
    public static string All(JsonArray messages) => string.Concat(messages.OfType<JsonObject>().Select(Of));

    /// <summary>Results of tools without a response yet, oldest first.</summary>
    public static IReadOnlyList<string> PendingToolResults(JsonArray messages) =>
        [.. messages.OfType<JsonObject>().Reverse().TakeWhile(m => Role(m) is "tool" or "function").Reverse().Select(Of)];
}

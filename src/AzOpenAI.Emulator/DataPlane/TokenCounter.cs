using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Chat;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>A deterministic replacement for a tokenizer: four characters are a token.</summary>
internal static class TokenCounter
{
    private const int CharactersPerToken = 4;
    private const int PerMessage = 3;
    private const int ReplyPriming = 3;

    /// <summary>Tokens of any image.</summary>
    private const int PerImage = 85;

    public static int Count(string text) => (text.Length + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>The part of a text that fits into a number of tokens.</summary>
    public static string Cut(string text, int tokens) =>
        (long)tokens * CharactersPerToken >= text.Length ? text : text[..Boundary(text, tokens * CharactersPerToken)];

    /// <summary>The tokens of a text, in order.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> tokens = new(Count(text));
        for (int from = 0; from < text.Length;)
        {
            int to = Boundary(text, Math.Min(text.Length, from + CharactersPerToken));
            tokens.Add(text[from..to]);
            from = to;
        }

        return tokens;
    }

    /// <summary>An index at or before the given one that doesn't split a surrogate pair.</summary>
    public static int Boundary(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index - 1 : index;

    /// <summary>Tokens of a conversation: every string value, plus three per message and three for the reply.</summary>
    public static int Count(JsonArray messages) => ReplyPriming + messages.OfType<JsonObject>().Sum(Count);

    private static int Count(JsonObject message) =>
        PerMessage
        + message.Where(p => p.Key != "content").Sum(p => Strings(p.Value))
        + Count(ChatText.Of(message))
        + ((message["content"] as JsonArray)?.OfType<JsonObject>().Count(p => JsonRead.Text(p["type"]) == "image_url") ?? 0) * PerImage;

    private static int Strings(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out string? text) => Count(text),
        JsonObject json => json.Sum(p => Strings(p.Value)),
        JsonArray array => array.Sum(Strings),
        _ => 0,
    };
}

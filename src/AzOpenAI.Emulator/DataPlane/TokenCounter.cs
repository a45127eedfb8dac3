using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>A deterministic stand-in for a tokenizer: four characters are a token.</summary>
internal static class TokenCounter
{
    private const int CharactersPerToken = 4;
    private const int PerMessage = 3;
    private const int ReplyPriming = 3;

    public static int Count(string text) => (text.Length + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>The part of a text that fits into a number of tokens.</summary>
    public static string Cut(string text, int tokens) => text.Length <= tokens * CharactersPerToken ? text : text[..(tokens * CharactersPerToken)];

    /// <summary>Tokens of a conversation: every string value, three a message, three for the reply.</summary>
    public static int Count(JsonArray messages) =>
        ReplyPriming + messages.OfType<JsonObject>().Sum(m => PerMessage + m.Where(p => p.Key != "content").Sum(p => Strings(p.Value)) + Count(ChatText.Of(m)));

    private static int Strings(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out string? text) => Count(text),
        JsonObject json => json.Sum(p => Strings(p.Value)),
        JsonArray array => array.Sum(Strings),
        _ => 0,
    };
}

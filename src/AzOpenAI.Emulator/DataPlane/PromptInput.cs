using System.Globalization;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>One prompt or embedding input: a string, or token IDs.</summary>
internal sealed record PromptInput(string Text, IReadOnlyList<int>? TokenIds)
{
    public int Tokens => TokenIds?.Count ?? TokenCounter.Count(Text);

    /// <summary>Reads a string, strings, token IDs or arrays of token IDs.</summary>
    public static IReadOnlyList<PromptInput> Read(JsonNode? node, string name)
    {
        switch (node)
        {
            case null:
                throw BodyErrors.Missing(name);
            case JsonValue value when value.TryGetValue(out string? text):
                return [new PromptInput(text, null)];
            case JsonArray { Count: 0 }:
                throw BodyErrors.EmptyArray(name);
            case JsonArray array when JsonRead.Integer(array[0]) is not null:
                return [Ids(array, name)];
            case JsonArray array:
                return [.. array.Select((item, i) => item is JsonArray ids
                    ? Ids(ids, $"{name}[{i}]")
                    : new PromptInput(JsonRead.Text(item) ?? throw BodyErrors.Type($"{name}[{i}]", "a string or an array of integers", item), null))];
            default:
                throw BodyErrors.Type(name, "one of a string or array", node);
        }
    }

    /// <summary>Without a tokenizer, IDs can't be converted to text, so they are used themselves.</summary>
    private static PromptInput Ids(JsonArray array, string path)
    {
        int[] ids = [.. array.Select((item, i) => JsonRead.Integer(item) ?? throw BodyErrors.Type($"{path}[{i}]", "an integer", item))];
        return new PromptInput($"[{string.Join(' ', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))}]", ids);
    }
}

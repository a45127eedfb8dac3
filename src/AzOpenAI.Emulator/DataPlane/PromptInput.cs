using System.Globalization;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>One prompt or embedding input: a text, or token ids.</summary>
internal sealed record PromptInput(string Text, IReadOnlyList<int>? TokenIds)
{
    public int Tokens => TokenIds?.Count ?? TokenCounter.Count(Text);

    /// <summary>Reads a string, strings, token ids or arrays of token ids.</summary>
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

    /// <summary>There is no tokenizer to turn ids back into text, so that they stand for themselves.</summary>
    private static PromptInput Ids(JsonArray array, string path)
    {
        int[] ids = [.. array.Select((item, i) => JsonRead.Integer(item) ?? throw BodyErrors.Type($"{path}[{i}]", "an integer", item))];
        return new PromptInput($"[{string.Join(' ', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))}]", ids);
    }
}

using System.Text.Json;

namespace AzOpenAI.Core.Http;

/// <summary>Reads members that may be absent, null or of a type that nobody promised.</summary>
internal static class JsonElements
{
    /// <summary>The member, or null where it is absent, is null, or the element is no object.</summary>
    public static JsonElement? Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>The member's text; a number or truth value as it stands in the JSON.</summary>
    /// <exception cref="JsonException">The text is no UTF-8, or has half a character: the parser finds out when the text is taken only.</exception>
    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => Decode(text),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => other.GetRawText(),
        _ => null,
    };

    /// <summary>The member's whole number.</summary>
    public static long? Number(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : null;

    /// <summary>The member's truth value.</summary>
    public static bool? Truth(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The member's items; none where it is no array.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;

    private static string? Decode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The text isn't valid UTF-8.", exception);
        }
    }
}

using System.Text.Json;

namespace AzOpenAI.Core.Http;

/// <summary>Reads members that may be absent, null or of an unexpected type.</summary>
internal static class JsonElements
{
    /// <summary>The member, or null if it is absent or null, or if the element isn't an object.</summary>
    public static JsonElement? Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>The member's string; a number or Boolean as written in the JSON.</summary>
    /// <exception cref="JsonException">The string isn't UTF-8, or has half a surrogate pair: the parser only finds out when the string is read.</exception>
    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => Decode(text),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => other.GetRawText(),
        _ => null,
    };

    /// <summary>The member's integer.</summary>
    public static long? Number(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : null;

    /// <summary>The member's Boolean.</summary>
    public static bool? Truth(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The member's items; empty if it isn't an array.</summary>
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

using System.Text.Json;

namespace AzOpenAI.Core.DataPlane.Answers;

/// <summary>
/// Steps of a reader that passes over the bytes once. Each returns false where the JSON is not what was asked for; what is missing at the end makes the reader
/// throw a <see cref="JsonException"/>, and text that is no UTF-8 an <see cref="InvalidOperationException"/>.
/// </summary>
internal static class JsonReaders
{
    /// <summary>Steps into an object.</summary>
    public static bool EnterObject(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    /// <summary>Steps into an array.</summary>
    public static bool EnterArray(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartArray;

    /// <summary>Steps to the name of the object's next member. False at its end.</summary>
    public static bool NextMember(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Steps into the array's next object. False at its end, or where it holds something else.</summary>
    public static bool NextObject(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    /// <summary>Takes a value that must be null.</summary>
    public static bool IsNull(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.Null;

    /// <summary>Takes a value that must be false.</summary>
    public static bool IsFalse(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.False;

    /// <summary>Takes a value that must be this text.</summary>
    public static bool IsText(this ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(text);
}

using System.Text.Json;

namespace AzOpenAI.Core.DataPlane.Answers;

/// <summary>
/// Steps of a reader with a single pass over the bytes. Each returns false if the JSON isn't as expected; a premature end makes the reader
/// throw a <see cref="JsonException"/>, and a string that isn't UTF-8 an <see cref="InvalidOperationException"/>.
/// </summary>
internal static class JsonReaders
{
    /// <summary>Moves into an object.</summary>
    public static bool EnterObject(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    /// <summary>Moves into an array.</summary>
    public static bool EnterArray(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartArray;

    /// <summary>Moves to the name of the object's next member. False at its end.</summary>
    public static bool NextMember(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves into the array's next object. False at its end, or if the next item isn't an object.</summary>
    public static bool NextObject(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    /// <summary>Reads a value that must be null.</summary>
    public static bool IsNull(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.Null;

    /// <summary>Reads a value that must be false.</summary>
    public static bool IsFalse(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.False;

    /// <summary>Reads a value that must be this string.</summary>
    public static bool IsText(this ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(text);
}

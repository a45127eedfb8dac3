using System.Text.Json;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Reads members that may have the wrong type.</summary>
internal static class JsonRead
{
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static int? Integer(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    public static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : null;

    public static bool? Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    public static bool IsString(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;
}

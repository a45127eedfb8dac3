using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>The engine's errors for a member of the body that is missing, of the wrong type or out of range.</summary>
internal static class BodyErrors
{
    public static ReplyException Unparsable() => DataPlaneErrors.Invalid(
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON "
        + "payload, but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at "
        + "help.openai.com.)", null, null);

    public static ReplyException Missing(string path) =>
        DataPlaneErrors.Invalid($"Missing required parameter: '{path}'.", path, "missing_required_parameter");

    public static ReplyException Type(string path, string expected, JsonNode? node) =>
        DataPlaneErrors.Invalid($"Invalid type for '{path}': expected {expected}, but got {Describe(node)} instead.", path, "invalid_type");

    public static ReplyException Value(string path, string value, params IReadOnlyList<string> supported) => DataPlaneErrors.Invalid(
        $"Invalid value: '{value}'. Supported values are: {List(supported)}.", path, "invalid_value");

    public static ReplyException Pattern(string path) => DataPlaneErrors.Invalid(
        $"Invalid '{path}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.", path, "invalid_value");

    public static ReplyException TextTooLong(string path, int maximum, int length) => DataPlaneErrors.Invalid(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Invalid '{path}': string too long. Expected a string with maximum length {maximum}, but got a string with length {length} instead."),
        path, "string_above_max_length");

    public static ReplyException ArrayTooLong(string path, int maximum, int length) => DataPlaneErrors.Invalid(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Invalid '{path}': array too long. Expected an array with maximum length {maximum}, but got an array with length {length} instead."),
        path, "array_above_max_length");

    public static ReplyException EmptyArray(string path) => DataPlaneErrors.Invalid(
        $"Invalid '{path}': empty array. Expected an array with minimum length 1, but got an empty array instead.", path, "empty_array");

    /// <summary>Throws if a number is out of range.</summary>
    public static void CheckRange(string path, string kind, JsonNode node, double value, double minimum, double maximum)
    {
        if (value < minimum)
        {
            throw DataPlaneErrors.Invalid(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Invalid '{path}': {kind} below minimum value. Expected a value >= {minimum}, but got {node.ToJsonString()} instead."),
                path, $"{kind}_below_min_value");
        }

        if (value > maximum)
        {
            throw DataPlaneErrors.Invalid(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Invalid '{path}': {kind} above maximum value. Expected a value <= {maximum}, but got {node.ToJsonString()} instead."),
                path, $"{kind}_above_max_value");
        }
    }

    public static bool Flag(JsonObject body, string name, bool standard = false) => body[name] switch
    {
        null => standard,
        var node => JsonRead.Flag(node) ?? throw Type(name, "a boolean", node),
    };

    public static string List(IReadOnlyList<string> values)
    {
        string[] quoted = [.. values.Select(v => $"'{v}'")];
        return quoted.Length > 2 ? $"{string.Join(", ", quoted[..^1])}, and {quoted[^1]}" : string.Join(" and ", quoted);
    }

    private static string Describe(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}

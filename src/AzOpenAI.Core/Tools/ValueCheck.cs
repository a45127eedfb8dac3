using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Tools;

/// <summary>Validates a value against the schema keywords that the schemas of tools use. Case-insensitive, like PowerShell.</summary>
internal static class ValueCheck
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>True if null is a valid value.</summary>
    public static bool AllowsNull(JsonElement schema) => Types(schema).Contains("null");

    /// <summary>Adds mismatches to the problems.</summary>
    public static void Check(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return;
        string[] types = Types(schema);
        if (types.Length > 0 && !types.Any(type => IsOf(type, value)))
        {
            problems.Add($"'{path}' must be {string.Join(" or ", types)}, not {value.ValueKind.ToString().ToLowerInvariant()}");
            return;
        }

        if (schema.Member("enum"u8) is { ValueKind: JsonValueKind.Array } choices && !choices.EnumerateArray().Any(choice => IsSame(choice, value)))
            problems.Add($"'{path}' must be one of {string.Join(", ", choices.EnumerateArray().Select(static choice => choice.ToString()))}");
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                CheckNumber(schema, value, path, problems);
                break;
            case JsonValueKind.String:
                CheckText(schema, value.GetString()!, path, problems);
                break;
            case JsonValueKind.Array:
                CheckItems(schema, value, path, problems);
                break;
            case JsonValueKind.Object:
                CheckMembers(schema, value, path, problems);
                break;
        }
    }

    private static string[] Types(JsonElement schema) => schema.Member("type"u8) switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(static type => type.GetString()!)],
        _ => [],
    };

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && IsWhole(value),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static bool IsWhole(JsonElement value) =>
        value.TryGetInt64(out _) || (value.TryGetDecimal(out decimal exact) ? decimal.IsInteger(exact) : double.IsInteger(value.GetDouble()));

    private static bool IsSame(JsonElement choice, JsonElement value) => choice.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.String
        ? choice.GetString()!.Equals(value.GetString(), StringComparison.OrdinalIgnoreCase)
        : JsonElement.DeepEquals(choice, value);

    private static void CheckNumber(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        double number = value.GetDouble();
        if (Limit(schema, "minimum"u8) is { } minimum && number < minimum)
            problems.Add($"'{path}' must be at least {minimum.ToString(CultureInfo.InvariantCulture)}");
        if (Limit(schema, "maximum"u8) is { } maximum && number > maximum)
            problems.Add($"'{path}' must be at most {maximum.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void CheckText(JsonElement schema, string text, string path, List<string> problems)
    {
        if (schema.Number("minLength"u8) is { } shortest && text.Length < shortest)
            problems.Add(shortest == 1 ? $"'{path}' must not be empty" : $"'{path}' must have at least {shortest} characters");
        if (schema.Number("maxLength"u8) is { } longest && text.Length > longest)
            problems.Add($"'{path}' must have at most {longest} characters");
        if (schema.Text("pattern"u8) is { } pattern && !Matches(text, pattern))
            problems.Add($"'{path}' must match the pattern {pattern}");
    }

    // The command's own validation decides: what can't be checked here is accepted.
    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static void CheckItems(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        int count = value.GetArrayLength();
        if (schema.Number("minItems"u8) is { } fewest && count < fewest)
            problems.Add($"'{path}' must have at least {fewest} items");
        if (schema.Number("maxItems"u8) is { } most && count > most)
            problems.Add($"'{path}' must have at most {most} items");
        if (schema.Member("items"u8) is not { } items)
            return;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
            Check(items, item, $"{path}[{index++}]", problems);
    }

    private static void CheckMembers(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        JsonElement? properties = schema.Member("properties"u8);
        JsonElement? others = schema.Member("additionalProperties"u8);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (properties is { } known && known.TryGetProperty(member.Name, out JsonElement own))
                Check(own, member.Value, $"{path}.{member.Name}", problems);
            else if (others is { ValueKind: JsonValueKind.False })
                problems.Add($"'{path}' doesn't have a property '{member.Name}'");
            else if (others is { ValueKind: JsonValueKind.Object } form)
                Check(form, member.Value, $"{path}.{member.Name}", problems);
        }

        foreach (JsonElement name in schema.Items("required"u8))
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
                problems.Add($"'{path}.{name.GetString()}' is required");
        }
    }

    private static double? Limit(JsonElement schema, ReadOnlySpan<byte> name) => schema.Member(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}

using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Checks a JSON schema before it is sent, and whether strict mode accepts it. The error for an invalid one includes the location.</summary>
internal static class SchemaCheck
{
    private const int MaxDepth = 48;

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];
    private static readonly string[] SchemaWords =
        ["type", "properties", "items", "enum", "const", "anyOf", "oneOf", "allOf", "$ref", "$defs", "definitions", "required", "additionalProperties", "description", "title"];

    /// <summary>Rejects an invalid schema.</summary>
    /// <exception cref="AzOpenAIException">SchemaInvalid.</exception>
    public static void Check(JsonElement schema) => Check(schema, "$", 0);

    /// <summary>True for a schema of an object.</summary>
    public static bool IsObject(JsonElement schema) =>
        schema.Text("type"u8) == "object" || (schema.Member("type"u8) is null && schema.Member("properties"u8) is not null);

    /// <summary>True if no object has optional properties or allows additional ones.</summary>
    public static bool CanBeStrict(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return true;
        if (IsObject(schema))
        {
            if (schema.Member("properties"u8) is not { ValueKind: JsonValueKind.Object } properties)
                return false;
            if (schema.Member("additionalProperties"u8) is { ValueKind: not JsonValueKind.False })
                return false;
            if (schema.Member("required"u8) is { ValueKind: JsonValueKind.Array } required && required.GetArrayLength() < properties.EnumerateObject().Count())
                return false;
        }

        return !schema.TryGetProperty("oneOf"u8, out _) && !schema.TryGetProperty("allOf"u8, out _) && Children(schema).All(static child => CanBeStrict(child.Schema));
    }

    /// <summary>Creates the exception for an invalid schema.</summary>
    public static AzOpenAIException Invalid(string reason) => Failure.Of(nameof(Messages.SchemaInvalid), ErrorKind.InvalidInput, reason);

    private static void Check(JsonElement schema, string path, int depth)
    {
        if (depth > MaxDepth)
            throw Invalid($"it's nested more than {MaxDepth} levels deep at {path}");
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False && depth > 0)
            return;
        if (schema.ValueKind != JsonValueKind.Object)
            throw Invalid($"{path} isn't a JSON object");
        if (depth == 0 && !schema.EnumerateObject().Any(static member => SchemaWords.Contains(member.Name)))
            throw Invalid("it doesn't contain any schema keyword, such as type or properties");

        switch (schema.Member("type"u8))
        {
            case { ValueKind: JsonValueKind.String } type:
                CheckType(type, path);
                break;
            case { ValueKind: JsonValueKind.Array } types:
                foreach (JsonElement type in types.EnumerateArray())
                    CheckType(type, path);
                break;
            case not null:
                throw Invalid($"{path}.type is neither a string nor an array");
        }

        if (schema.Member("properties"u8) is { ValueKind: not JsonValueKind.Object })
            throw Invalid($"{path}.properties isn't a JSON object");
        if (schema.Member("required"u8) is { } required)
            CheckRequired(schema, required, path);
        if (schema.Member("enum"u8) is { } values && (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0))
            throw Invalid($"{path}.enum isn't a non-empty array");
        foreach ((string place, JsonElement child) in Children(schema))
            Check(child, $"{path}.{place}", depth + 1);
    }

    private static void CheckType(JsonElement type, string path)
    {
        if (type.ValueKind != JsonValueKind.String || !Types.Contains(type.GetString()))
            throw Invalid($"{path}.type is {type.GetRawText()}; valid types are {string.Join(", ", Types)}");
    }

    private static void CheckRequired(JsonElement schema, JsonElement required, string path)
    {
        if (required.ValueKind != JsonValueKind.Array)
            throw Invalid($"{path}.required isn't an array");
        foreach (JsonElement name in required.EnumerateArray())
        {
            if (name.ValueKind != JsonValueKind.String)
                throw Invalid($"{path}.required contains {name.GetRawText()}, which isn't a property name");
            if (schema.Member("properties"u8) is { } properties && !properties.TryGetProperty(name.GetString()!, out _))
                throw Invalid($"{path}.required contains '{name.GetString()}', which isn't in properties");
        }
    }

    private static IEnumerable<(string Place, JsonElement Schema)> Children(JsonElement schema)
    {
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            switch (member.Name)
            {
                case "properties" or "$defs" or "definitions" when member.Value.ValueKind == JsonValueKind.Object:
                    foreach (JsonProperty child in member.Value.EnumerateObject())
                        yield return ($"{member.Name}.{child.Name}", child.Value);
                    break;
                case "items" or "additionalProperties" or "not" when member.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                    yield return (member.Name, member.Value);
                    break;
                case "anyOf" or "oneOf" or "allOf" when member.Value.ValueKind == JsonValueKind.Array:
                    int index = 0;
                    foreach (JsonElement child in member.Value.EnumerateArray())
                        yield return ($"{member.Name}[{index++}]", child);
                    break;
            }
        }
    }
}

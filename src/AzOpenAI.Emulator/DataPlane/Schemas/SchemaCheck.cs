using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane.Schemas;

/// <summary>
/// Finds what the service rejects in a schema. The two messages about additionalProperties and required are recorded; the others
/// are in the same style, but unverified.
/// </summary>
internal sealed class SchemaCheck
{
    private static readonly string[] Types = ["string", "number", "integer", "boolean", "object", "array", "null"];

    private static readonly string[] NotPermitted =
        ["allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties", "propertyNames", "unevaluatedProperties"];

    private readonly JsonObject _root;
    private readonly bool _strict;

    private SchemaCheck(JsonObject root, bool strict)
    {
        _root = root;
        _strict = strict;
    }

    /// <summary>The first problem, as it appears after "Invalid schema for response_format 'NAME': "; null if there is none.</summary>
    public static string? Problem(JsonObject schema, bool strict)
    {
        string? type = JsonRead.Text(schema["type"]);
        if (type != "object" && (strict || type is not null))
        {
            return type is not null && !Types.Contains(type, StringComparer.Ordinal)
                ? $"'{type}' is not valid under any of the given schemas."
                : $"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{type ?? "None"}\"'.";
        }

        return new SchemaCheck(schema, strict).Node(schema, []);
    }

    private string? Node(JsonNode? node, string[] path)
    {
        if (node is not JsonObject schema)
        {
            return !_strict && JsonRead.Flag(node) is not null ? null : Say(path, $"{node?.ToJsonString() ?? "None"} is not of type 'object', 'boolean'.");
        }

        if (schema["$ref"] is { } reference)
        {
            return JsonRead.Text(reference) is { } target && SchemaSample.Resolve(_root, target) is not null
                ? Definitions(schema, path)
                : Say(path, $"reference to component '{reference}' which was not found in the schema.");
        }

        string[] types = schema["type"] is JsonArray names ? [.. names.Select(n => JsonRead.Text(n) ?? "")] : JsonRead.Text(schema["type"]) is { } one ? [one] : [];
        if (types.FirstOrDefault(t => !Types.Contains(t, StringComparer.Ordinal)) is { } wrong)
        {
            return Say(path, $"'{wrong}' is not valid under any of the given schemas.");
        }

        if (schema["type"] is not null && types.Length == 0)
        {
            return Say(path, $"{schema["type"]!.ToJsonString()} is not valid under any of the given schemas.");
        }

        return (_strict ? Strict(schema, types, path) : null) ?? Children(schema, path) ?? Definitions(schema, path);
    }

    private static string? Strict(JsonObject schema, string[] types, string[] path)
    {
        if (NotPermitted.FirstOrDefault(schema.ContainsKey) is { } word)
        {
            return Say(path, $"'{word}' is not permitted.");
        }

        if (types.Length == 0 && !schema.ContainsKey("anyOf") && !schema.ContainsKey("enum") && !schema.ContainsKey("const"))
        {
            return Say(path, "schema must have a 'type' key.");
        }

        if (types.Contains("array", StringComparer.Ordinal) && schema["items"] is null)
        {
            return Say(path, "array schema missing items.");
        }

        return types.Contains("object", StringComparer.Ordinal) ? StrictObject(schema, path) : null;
    }

    private static string? StrictObject(JsonObject schema, string[] path)
    {
        if (JsonRead.Flag(schema["additionalProperties"]) != false)
        {
            return Say(path, "'additionalProperties' is required to be supplied and to be false.");
        }

        const string rule = "'required' is required to be supplied and to be an array including every key in properties.";
        string[] keys = [.. (schema["properties"] as JsonObject ?? []).Select(p => p.Key)];
        string[] required = [.. (schema["required"] as JsonArray ?? []).Select(r => JsonRead.Text(r) ?? "")];
        if (keys.Except(required, StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            return Say(path, $"{rule} Missing '{missing}'.");
        }

        return required.Except(keys, StringComparer.Ordinal).FirstOrDefault() is { } extra ? Say(path, $"{rule} Extra required key '{extra}' supplied.") : null;
    }

    private string? Children(JsonObject schema, string[] path)
    {
        if (schema["properties"] is { } properties)
        {
            if (properties is not JsonObject members)
            {
                return Say([.. path, "properties"], $"{properties.ToJsonString()} is not of type 'object'.");
            }

            foreach ((string name, JsonNode? member) in members)
            {
                if (Node(member, [.. path, "properties", name]) is { } problem)
                {
                    return problem;
                }
            }
        }

        if (schema["items"] is { } items && Node(items, [.. path, "items"]) is { } inItems)
        {
            return inItems;
        }

        JsonArray choices = schema["anyOf"] as JsonArray ?? [];
        return choices.Select((choice, i) => Node(choice, [.. path, "anyOf", i.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            .FirstOrDefault(problem => problem is not null);
    }

    private string? Definitions(JsonObject schema, string[] path)
    {
        foreach (string word in new[] { "$defs", "definitions" })
        {
            foreach ((string name, JsonNode? definition) in schema[word] as JsonObject ?? [])
            {
                if (Node(definition, [.. path, word, name]) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private static string Say(string[] path, string problem) =>
        $"In context=({string.Join(", ", path.Select(p => $"'{p}'"))}{(path.Length == 1 ? "," : "")}), {problem}";
}

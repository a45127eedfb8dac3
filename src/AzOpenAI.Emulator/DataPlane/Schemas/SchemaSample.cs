using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane.Schemas;

/// <summary>Creates a valid instance of a JSON schema; strings contain a text if the schema allows it.</summary>
internal sealed class SchemaSample
{
    /// <summary>Optional members are omitted from this depth on, so that recursive schemas end.</summary>
    private const int Deep = 5;

    /// <summary>Maximum depth, for schemas without a finite instance.</summary>
    private const int Bottom = 64;

    private readonly JsonObject _root;
    private readonly string _text;

    private SchemaSample(JsonObject root, string text)
    {
        _root = root;
        _text = text;
    }

    public static JsonNode For(JsonObject? schema, string text) =>
        schema is null ? new JsonObject() : new SchemaSample(schema, text).Value(schema, 0) ?? new JsonObject();

    /// <summary>The schema that a local reference points to; null if there is none.</summary>
    public static JsonObject? Resolve(JsonObject root, string reference)
    {
        if (reference == "#")
        {
            return root;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        JsonNode? node = root;
        foreach (string part in reference[2..].Split('/'))
        {
            string name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = (node as JsonObject)?[name];
        }

        return node as JsonObject;
    }

    private JsonNode? Value(JsonNode? node, int depth)
    {
        if (node is not JsonObject schema || depth > Bottom)
        {
            return node is JsonObject ? null : JsonValue.Create(_text);
        }

        if (JsonRead.Text(schema["$ref"]) is { } reference)
        {
            return Resolve(_root, reference) is { } target ? Value(target, depth + 1) : null;
        }

        if (schema.ContainsKey("const"))
        {
            return schema["const"]?.DeepClone();
        }

        if (schema["enum"] is JsonArray { Count: > 0 } values)
        {
            return values[0]?.DeepClone();
        }

        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray { Count: > 0 } choices)
        {
            return Value(Choose(choices, depth), depth + 1);
        }

        if (schema["allOf"] is JsonArray { Count: > 0 } parts)
        {
            return Value(Merge(schema, parts), depth + 1);
        }

        return Type(schema, depth) switch
        {
            "string" => JsonValue.Create(StringSample.For(schema, _text)),
            "integer" => NumberSample.For(schema, whole: true),
            "number" => NumberSample.For(schema, whole: false),
            "boolean" => JsonValue.Create(true),
            "null" => null,
            "array" => Items(schema, depth),
            _ => Members(schema, depth),
        };
    }

    private static string? Type(JsonObject schema, int depth)
    {
        if (schema["type"] is not JsonArray names)
        {
            return JsonRead.Text(schema["type"]) ?? (schema.ContainsKey("items") ? "array" : null);
        }

        string[] types = [.. names.Select(JsonRead.Text).OfType<string>()];
        return depth >= Deep && types.Contains("null", StringComparer.Ordinal) ? "null" : types.FirstOrDefault(t => t != "null") ?? types.FirstOrDefault();
    }

    private JsonArray Items(JsonObject schema, int depth)
    {
        int least = JsonRead.Integer(schema["minItems"]) ?? 0;
        int most = JsonRead.Integer(schema["maxItems"]) ?? int.MaxValue;
        int count = Math.Max(least, Math.Min(depth >= Deep ? 0 : 1, most));
        JsonArray items = [];
        for (int i = 0; i < count; i++)
        {
            JsonNode? item = schema["prefixItems"] is JsonArray prefix && i < prefix.Count ? prefix[i] : schema["items"];
            items.Add(Value(item, depth + 1));
        }

        return items;
    }

    private JsonObject Members(JsonObject schema, int depth)
    {
        HashSet<string> required = [.. (schema["required"] as JsonArray ?? []).Select(JsonRead.Text).OfType<string>()];
        JsonObject json = [];
        foreach ((string name, JsonNode? property) in schema["properties"] as JsonObject ?? [])
        {
            if (depth < Deep || required.Contains(name))
            {
                json[name] = Value(property, depth + 1);
            }
        }

        return json;
    }

    /// <summary>The first alternative; at depth the first one that ends, if any.</summary>
    private static JsonNode? Choose(JsonArray choices, int depth)
    {
        JsonNode? ending = choices.OfType<JsonObject>().FirstOrDefault(c => JsonRead.Text(c["type"]) is "null" or "string" or "integer" or "number" or "boolean");
        return depth >= Deep && ending is not null ? ending : choices.OfType<JsonObject>().FirstOrDefault(c => JsonRead.Text(c["type"]) != "null") ?? choices[0];
    }

    private JsonObject Merge(JsonObject schema, JsonArray parts)
    {
        JsonObject merged = [];
        IEnumerable<JsonObject> all = parts.OfType<JsonObject>().Append(schema)
            .Select(p => JsonRead.Text(p["$ref"]) is { } reference ? Resolve(_root, reference) ?? [] : p);
        foreach ((string name, JsonNode? value) in all.SelectMany(p => p).Where(p => p.Key != "allOf"))
        {
            switch (name, merged[name], value)
            {
                case ("properties", JsonObject known, JsonObject more):
                    foreach ((string property, JsonNode? definition) in more)
                    {
                        known[property] = definition?.DeepClone();
                    }

                    break;
                case ("required", JsonArray known, JsonArray more):
                    foreach (JsonNode? item in more)
                    {
                        known.Add(item?.DeepClone());
                    }

                    break;
                default:
                    merged[name] = value?.DeepClone();
                    break;
            }
        }

        return merged;
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Writes a schema in the form that the service accepts.</summary>
internal static class SchemaWriter
{
    /// <summary>The property that holds a response whose schema isn't an object.</summary>
    public const string Value = "value";

    /// <summary>Returns the schema as JSON.</summary>
    /// <param name="schema">The caller's schema.</param>
    /// <param name="wrap">True to wrap it as the only property of an object.</param>
    /// <param name="complete">True to make every object require all of its properties and allow no others.</param>
    public static string Write(JsonElement schema, bool wrap, bool complete)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            if (!wrap)
            {
                WriteSchema(json, schema, complete, isRoot: true, wrapped: false);
            }
            else
            {
                json.WriteStartObject();
                json.WriteString("type"u8, "object"u8);
                json.WriteStartObject("properties"u8);
                json.WritePropertyName(Value);
                WriteSchema(json, schema, complete, isRoot: true, wrapped: true);
                json.WriteEndObject();
                json.WriteStartArray("required"u8);
                json.WriteStringValue(Value);
                json.WriteEndArray();
                json.WriteBoolean("additionalProperties"u8, false);
                // References are relative to the root.
                foreach (JsonProperty member in schema.EnumerateObject().Where(static member => IsDefinitions(member.Name)))
                    WriteMember(json, member, complete);
                json.WriteEndObject();
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool IsDefinitions(string name) => name is "$defs" or "definitions";

    private static void WriteSchema(Utf8JsonWriter json, JsonElement schema, bool complete, bool isRoot = false, bool wrapped = false)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            schema.WriteTo(json);
            return;
        }

        bool isObject = SchemaCheck.IsObject(schema);
        json.WriteStartObject();
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            if ((isRoot && member.Name == "$schema") || (wrapped && IsDefinitions(member.Name)))
                continue;
            WriteMember(json, member, complete);
        }

        if (isObject && schema.Member("type"u8) is null)
            json.WriteString("type"u8, "object"u8);
        if (complete && isObject)
        {
            if (schema.Member("required"u8) is null && schema.Member("properties"u8) is { ValueKind: JsonValueKind.Object } properties)
            {
                json.WriteStartArray("required"u8);
                foreach (JsonProperty property in properties.EnumerateObject())
                    json.WriteStringValue(property.Name);
                json.WriteEndArray();
            }

            if (schema.Member("additionalProperties"u8) is null)
                json.WriteBoolean("additionalProperties"u8, false);
        }

        json.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter json, JsonProperty member, bool complete)
    {
        json.WritePropertyName(member.Name);
        JsonElement value = member.Value;
        switch (member.Name)
        {
            case "properties" or "$defs" or "definitions" when value.ValueKind == JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty child in value.EnumerateObject())
                {
                    json.WritePropertyName(child.Name);
                    WriteSchema(json, child.Value, complete);
                }

                json.WriteEndObject();
                break;
            case "items" or "additionalProperties":
                WriteSchema(json, value, complete);
                break;
            case "anyOf" or "oneOf" or "allOf" when value.ValueKind == JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement child in value.EnumerateArray())
                    WriteSchema(json, child, complete);
                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}

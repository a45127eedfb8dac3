using System.Buffers;
using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Json;

/// <summary>Converts users' objects to JSON, and a service's JSON to objects. PowerShell's own cmdlets for it can't be called from here.</summary>
internal static class PowerShellJson
{
    private const int MaxDepth = 64;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of a hashtable, custom object, list or plain value.</summary>
    /// <exception cref="AzOpenAIException">MessageInvalid: nested too deeply, for example because an object contains itself.</exception>
    public static string Write(object? value)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, WriterOptions))
            WriteValue(json, value, 0);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Objects from JSON: custom objects or ordered hashtables, arrays, strings, numbers, Booleans.</summary>
    public static object? Read(string json, bool asHashtable = false)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return ReadValue(document.RootElement, asHashtable);
    }

    private static object? ReadValue(JsonElement element, bool asHashtable)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when asHashtable:
                OrderedDictionary map = new(StringComparer.Ordinal);
                foreach (JsonProperty member in element.EnumerateObject())
                    map[member.Name] = ReadValue(member.Value, asHashtable);
                return map;
            case JsonValueKind.Object:
                PSObject result = new();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    // Of duplicate members, which JSON allows, the last one counts.
                    result.Properties.Remove(member.Name);
                    result.Properties.Add(new PSNoteProperty(member.Name, ReadValue(member.Value, asHashtable)));
                }

                return result;
            case JsonValueKind.Array:
                object?[] items = new object?[element.GetArrayLength()];
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray())
                    items[index++] = ReadValue(item, asHashtable);
                return items;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return ReadNumber(element);
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    private static object ReadNumber(JsonElement element)
    {
        if (element.TryGetInt32(out int small))
            return small;
        if (element.TryGetInt64(out long whole))
            return whole;
        return element.GetDouble();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value, int depth)
    {
        if (depth > MaxDepth)
            throw Failure.Of(nameof(Messages.MessageInvalid), ErrorKind.InvalidInput, $"an object is nested more than {MaxDepth} levels deep");

        PSObject? wrapped = value as PSObject;
        object? bare = wrapped?.BaseObject ?? value;
        switch (bare)
        {
            case null:
                json.WriteNullValue();
                break;
            case PSCustomObject:
                json.WriteStartObject();
                foreach (PSPropertyInfo property in wrapped!.Properties)
                {
                    json.WritePropertyName(property.Name);
                    WriteValue(json, property.Value, depth + 1);
                }

                json.WriteEndObject();
                break;
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    json.WritePropertyName(LanguagePrimitives.ConvertTo<string>(entry.Key));
                    WriteValue(json, entry.Value, depth + 1);
                }

                json.WriteEndObject();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case SwitchParameter given:
                json.WriteBooleanValue(given.IsPresent);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(bare, CultureInfo.InvariantCulture));
                break;
            case ulong large:
                json.WriteNumberValue(large);
                break;
            case decimal exact:
                json.WriteNumberValue(exact);
                break;
            case float or double:
                double number = Convert.ToDouble(bare, CultureInfo.InvariantCulture);
                if (double.IsFinite(number))
                    json.WriteNumberValue(number);
                else
                    json.WriteNullValue();
                break;
            case DateTime or DateTimeOffset:
                json.WriteStringValue(((IFormattable)bare).ToString("o", CultureInfo.InvariantCulture));
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                    WriteValue(json, item, depth + 1);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(LanguagePrimitives.ConvertTo<string>(bare));
                break;
        }
    }
}

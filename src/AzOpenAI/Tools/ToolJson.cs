using System.Buffers;
using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AzOpenAI.Tools;

/// <summary>
/// Converts objects to compact JSON for a model: only the default properties of a type that has them; deeply nested values as strings; never a secret. A
/// getter that throws is omitted.
/// </summary>
internal sealed class ToolJson
{
    private const int MaxDepth = 4;
    private const string Hidden = "(secret)";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;
    private readonly int _most;

    private ToolJson(Utf8JsonWriter json, int most) => (_json, _most) = (json, most);

    /// <summary>The JSON of one object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="most">Maximum number of bytes, after which the rest of its lists is omitted.</param>
    public static string Write(object? value, int most)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
            new ToolJson(json, most).WriteValue(value, 0);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A string as JSON.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private bool IsFull => _json.BytesCommitted + _json.BytesPending > _most;

    private void WriteValue(object? value, int depth)
    {
        PSObject? wrapped = value as PSObject;
        object? bare = wrapped?.BaseObject ?? value;
        if (bare is null || !WritePlain(bare))
            WriteNested(wrapped ?? PSObject.AsPSObject(bare ?? ""), bare, depth);
    }

    private bool WritePlain(object bare)
    {
        switch (bare)
        {
            case string text:
                _json.WriteStringValue(text);
                return true;
            case bool truth:
                _json.WriteBooleanValue(truth);
                return true;
            case SwitchParameter given:
                _json.WriteBooleanValue(given.IsPresent);
                return true;
            case Enum name:
                _json.WriteStringValue(name.ToString());
                return true;
            case ulong large:
                _json.WriteNumberValue(large);
                return true;
            case sbyte or byte or short or ushort or int or uint or long:
                _json.WriteNumberValue(Convert.ToInt64(bare, CultureInfo.InvariantCulture));
                return true;
            case decimal exact:
                _json.WriteNumberValue(exact);
                return true;
            case float or double when double.IsFinite(Convert.ToDouble(bare, CultureInfo.InvariantCulture)):
                _json.WriteNumberValue(Convert.ToDouble(bare, CultureInfo.InvariantCulture));
                return true;
            case DateTime or DateTimeOffset:
                _json.WriteStringValue(((IFormattable)bare).ToString("o", CultureInfo.InvariantCulture));
                return true;
            case SecureString:
                _json.WriteStringValue(Hidden);
                return true;
            case NetworkCredential credential:
                _json.WriteStringValue($"{credential.UserName} {Hidden}");
                return true;
            case byte[] bytes:
                _json.WriteStringValue(Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, _most))));
                return true;
            case ValueType or Type or ScriptBlock or Uri or Version or CultureInfo or Delegate when bare is not DictionaryEntry:
                _json.WriteStringValue(Text(bare));
                return true;
            default:
                return false;
        }
    }

    private void WriteNested(PSObject value, object? bare, int depth)
    {
        switch (bare)
        {
            case null:
                _json.WriteNullValue();
                break;
            case Exception exception:
                _json.WriteStringValue(exception.Message);
                break;
            case not null when depth >= MaxDepth:
                _json.WriteStringValue(bare is PSCustomObject ? value.ToString() : Text(bare));
                break;
            case IDictionary map:
                _json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    if (IsFull)
                        break;
                    _json.WritePropertyName(Text(entry.Key));
                    WriteValue(entry.Value, depth + 1);
                }

                _json.WriteEndObject();
                break;
            case IEnumerable items and not System.Xml.XmlNode:
                _json.WriteStartArray();
                foreach (object? item in items)
                {
                    if (IsFull)
                        break;
                    WriteValue(item, depth + 1);
                }

                _json.WriteEndArray();
                break;
            case System.Xml.XmlNode node:
                _json.WriteStringValue(node.OuterXml);
                break;
            default:
                WriteProperties(value, depth);
                break;
        }
    }

    private void WriteProperties(PSObject value, int depth)
    {
        _json.WriteStartObject();
        Collection<string>? chosen = DefaultProperties(value);
        IEnumerable<PSPropertyInfo?> properties = chosen is null ? value.Properties : chosen.Select(name => value.Properties[name]);
        foreach (PSPropertyInfo? property in properties)
        {
            if (property is null || !property.IsGettable || IsFull || !TryRead(property, out object? member))
                continue;
            _json.WritePropertyName(property.Name);
            WriteValue(member, depth + 1);
        }

        _json.WriteEndObject();
    }

    private static Collection<string>? DefaultProperties(PSObject value) =>
        value.Members["PSStandardMembers"] is PSMemberSet standard && standard.Members["DefaultDisplayPropertySet"] is PSPropertySet { ReferencedPropertyNames: { Count: > 0 } names }
            ? names
            : null;

    private static bool TryRead(PSPropertyInfo property, out object? value)
    {
        try
        {
            value = property.Value;
            return true;
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            value = null;
            return false;
        }
    }

    private static string Text(object value)
    {
        try
        {
            return LanguagePrimitives.ConvertTo<string>(value) ?? "";
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            return value.GetType().Name;
        }
    }
}

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using AzOpenAI.Json;

namespace AzOpenAI.Tools;

/// <summary>Converts JSON to a parameter's type. A string remains a string: it is never parsed as a script.</summary>
internal static class ToolValue
{
    /// <summary>Converts a value.</summary>
    /// <exception cref="PSInvalidCastException">It can't be converted to the type.</exception>
    public static object? Read(string json, Type type)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Convert(document.RootElement, type);
    }

    private static object? Convert(JsonElement value, Type type)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(object) || bare == typeof(PSObject) || bare == typeof(PSCustomObject))
            return PowerShellJson.Read(value.GetRawText());
        // By its digits: converting via double, as PowerShell does, would lose some of a decimal or a long.
        if (value.ValueKind == JsonValueKind.Number && bare == typeof(decimal) && value.TryGetDecimal(out decimal exact))
            return exact;
        if (value.ValueKind == JsonValueKind.Number)
            return LanguagePrimitives.ConvertTo(value.GetRawText(), bare, CultureInfo.InvariantCulture);
        if (value.ValueKind == JsonValueKind.Object && bare.IsAssignableFrom(typeof(Hashtable)))
            return Map(value);
        if (value.ValueKind == JsonValueKind.Array && !bare.IsEnum)
            return List(value, bare);
        return LanguagePrimitives.ConvertTo(PowerShellJson.Read(value.GetRawText()), bare, CultureInfo.InvariantCulture);
    }

    private static object List(JsonElement value, Type type)
    {
        Type item = TypeSchema.ItemOf(type) ?? typeof(object);
        Array items = Array.CreateInstance(item, value.GetArrayLength());
        int index = 0;
        foreach (JsonElement element in value.EnumerateArray())
            items.SetValue(Convert(element, item), index++);
        return type.IsInstanceOfType(items) ? items : LanguagePrimitives.ConvertTo(items, type, CultureInfo.InvariantCulture);
    }

    private static Hashtable Map(JsonElement value)
    {
        Hashtable map = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            map[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.Object => Map(member.Value),
                JsonValueKind.Array => member.Value.EnumerateArray().Select(static item => item.ValueKind == JsonValueKind.Object ? Map(item) : PowerShellJson.Read(item.GetRawText())).ToArray(),
                _ => PowerShellJson.Read(member.Value.GetRawText()),
            };
        }

        return map;
    }
}

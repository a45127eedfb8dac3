using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Security;
using System.Text.Json.Nodes;
using AzOpenAI.Json;

namespace AzOpenAI.Tools;

/// <summary>The JSON schema of a parameter, from its type and its validation attributes.</summary>
internal static class ParameterSchema
{
    /// <summary>The schema, or null with the reason why a model can't provide such a value.</summary>
    public static JsonObject? Of(CommandParameterInfo parameter, out string reason)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        reason = Refusal(type, parameter.Attributes);
        if (reason.Length > 0 || Describe(type) is not { } schema)
        {
            if (reason.Length == 0)
                reason = $"JSON values can't be converted to {type.Name.Split('`')[0]}";
            return null;
        }

        JsonObject target = schema["items"] as JsonObject ?? schema;
        if (parameter.IsMandatory)
            RefuseEmpty(schema, parameter.Attributes);
        foreach (Attribute attribute in parameter.Attributes)
            Apply(schema, target, attribute);
        if (parameter.IsMandatory && (Nullable.GetUnderlyingType(parameter.ParameterType) is not null || parameter.Attributes.OfType<AllowNullAttribute>().Any()) && schema["type"] is JsonValue only)
            schema["type"] = new JsonArray(only.GetValue<string>(), "null");
        return schema;
    }

    private static string Refusal(Type type, IEnumerable<Attribute> attributes)
    {
        Type item = TypeSchema.ItemOf(type) ?? type;
        if (item == typeof(SecureString) || item == typeof(PSCredential) || attributes.Any(static attribute => attribute is CredentialAttribute))
            return "it takes a secret, which must not be shared with a model";
        return typeof(ScriptBlock).IsAssignableFrom(item) || typeof(Delegate).IsAssignableFrom(item) ? "it takes code, and model output is never run as code" : "";
    }

    private static JsonObject? Describe(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Describe(value);
        if (type == typeof(SwitchParameter))
            return Typed("boolean");
        if (type.IsEnum)
            return Choices(type);
        if (TypeSchema.Plain(type) is { } plain)
            return Bounded(type, plain);
        if (type == typeof(object) || type == typeof(PSObject) || type == typeof(PSCustomObject))
            return [];
        if (type == typeof(Hashtable) || type == typeof(IDictionary))
            return Typed("object");
        if (type == typeof(Array) || type == typeof(IList) || type == typeof(ICollection) || type == typeof(IEnumerable) || type == typeof(ArrayList))
            return Typed("array");
        if (TypeSchema.ItemOf(type) is { } item)
            return Describe(item) is { } items ? new JsonObject { ["type"] = "array", ["items"] = items } : null;
        if (IsMadeOfText(type))
            return Typed("string");
        return OfClass(type);
    }

    private static JsonObject Choices(Type type)
    {
        JsonObject one = new() { ["type"] = "string", ["enum"] = Strings(Enum.GetNames(type)) };
        return type.IsDefined(typeof(FlagsAttribute), false) ? new JsonObject { ["type"] = "array", ["items"] = one } : one;
    }

    private static JsonObject Bounded(Type type, JsonObject schema)
    {
        (long? least, long? most) = Type.GetTypeCode(type) switch
        {
            TypeCode.SByte => (sbyte.MinValue, sbyte.MaxValue),
            TypeCode.Byte => (byte.MinValue, byte.MaxValue),
            TypeCode.Int16 => (short.MinValue, short.MaxValue),
            TypeCode.UInt16 => (ushort.MinValue, ushort.MaxValue),
            TypeCode.UInt32 => (0, null),
            TypeCode.UInt64 => (0, null),
            _ => ((long?)null, (long?)null),
        };
        if (type == typeof(char))
        {
            (schema["minLength"], schema["maxLength"]) = (1, 1);
            return schema;
        }

        // Bounds that don't matter in practice are omitted from the schema; the conversion checks them.
        if (least is { } minimum)
            schema["minimum"] = minimum;
        if (most is { } maximum)
            schema["maximum"] = maximum;
        return schema;
    }

    /// <summary>True for URLs, paths, cultures: types with a parser or a constructor that accept a string and don't hold resources.</summary>
    private static bool IsMadeOfText(Type type) =>
        !typeof(IDisposable).IsAssignableFrom(type) && !typeof(Type).IsAssignableFrom(type) && !type.IsInterface && !type.IsAbstract
        && (type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string)])?.ReturnType == type || type.GetConstructor([typeof(string)]) is not null);

    private static JsonObject? OfClass(Type type)
    {
        if (!type.IsClass || type.IsAbstract || typeof(IDisposable).IsAssignableFrom(type) || typeof(IEnumerable).IsAssignableFrom(type) || type.GetConstructor(Type.EmptyTypes) is null)
            return null;
        try
        {
            JsonObject schema = (JsonObject)JsonNode.Parse(TypeSchema.Of(type))!;
            schema.Remove("title");
            // References are relative to the root, which is the tool's.
            return schema.ContainsKey("$defs") || schema.ToJsonString().Contains("\"$ref\"", StringComparison.Ordinal) ? null : schema;
        }
        catch (AzOpenAIException)
        {
            return null;
        }
    }

    private static void RefuseEmpty(JsonObject schema, IEnumerable<Attribute> attributes)
    {
        if (schema["type"]?.GetValue<string>() == "string" && schema["enum"] is null && !attributes.OfType<AllowEmptyStringAttribute>().Any())
            schema["minLength"] = 1;
        if (schema["type"]?.GetValue<string>() == "array" && !attributes.OfType<AllowEmptyCollectionAttribute>().Any())
            schema["minItems"] = 1;
    }

    private static void Apply(JsonObject schema, JsonObject target, Attribute attribute)
    {
        bool isText = target["type"] is JsonValue type && type.GetValue<string>() == "string";
        switch (attribute)
        {
            case ValidateSetAttribute { ValidValues: { Count: > 0 } values } when isText || target.Count == 0:
                target["type"] = "string";
                target["enum"] = Strings(values);
                target.Remove("minLength");
                break;
            case ValidateSetAttribute { ValidValues: { Count: > 0 } values }:
                target["enum"] = new JsonArray([.. values.Select(Literal)]);
                break;
            case ValidateRangeAttribute range:
                Limit(target, "minimum", range.MinRange);
                Limit(target, "maximum", range.MaxRange);
                break;
            case ValidateLengthAttribute length when isText:
                target["minLength"] = length.MinLength;
                target["maxLength"] = length.MaxLength;
                break;
            // .NET regular expressions that JSON schema doesn't support are described in words, and checked by the command.
            case ValidatePatternAttribute pattern when isText && pattern.RegexPattern.Contains("(?", StringComparison.Ordinal):
                target["description"] = $"Matches {pattern.RegexPattern}";
                break;
            case ValidatePatternAttribute pattern when isText:
                target["pattern"] = pattern.RegexPattern;
                break;
            case ValidateCountAttribute count when !ReferenceEquals(schema, target):
                schema["minItems"] = count.MinLength;
                schema["maxItems"] = count.MaxLength;
                break;
            case ValidateNotNullOrEmptyAttribute:
            case not null when attribute.GetType().Name == "ValidateNotNullOrWhiteSpaceAttribute":
                if (isText && target["enum"] is null)
                    target["minLength"] = Math.Max(1, target["minLength"]?.GetValue<int>() ?? 0);
                if (!ReferenceEquals(schema, target))
                    schema["minItems"] = Math.Max(1, schema["minItems"]?.GetValue<int>() ?? 0);
                break;
        }
    }

    private static JsonNode? Literal(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? JsonValue.Create(number) : JsonValue.Create(text);

    private static void Limit(JsonObject target, string word, object? value)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (target["type"] is not JsonValue type || type.GetValue<string>() is not ("integer" or "number") || bare is int.MaxValue or int.MinValue or long.MaxValue or long.MinValue)
            return;
        if (bare is double or float)
            target[word] = Convert.ToDouble(bare, CultureInfo.InvariantCulture);
        else if (bare is IConvertible and not string)
            target[word] = Convert.ToDecimal(bare, CultureInfo.InvariantCulture);
    }

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(static value => (JsonNode?)JsonValue.Create(value))]);
}

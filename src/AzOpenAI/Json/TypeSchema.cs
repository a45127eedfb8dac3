using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Json;

/// <summary>
/// The JSON schema of a .NET type or PowerShell class, in the subset for strict mode: every property is required, no others are allowed, optional ones
/// may be null. <c>[Description]</c> is included for the model; <c>[ValidateSet]</c> and enumerations become the allowed values.
/// </summary>
internal sealed class TypeSchema
{
    private readonly Dictionary<Type, string> _names = [];
    private readonly JsonObject _definitions = [];
    private readonly NullabilityInfoContext _nullability = new();
    private readonly Type _root;

    private TypeSchema(Type root) => _root = root;

    /// <summary>Returns the schema.</summary>
    /// <exception cref="AzOpenAIException">SchemaTypeUnsupported.</exception>
    public static string Of(Type type)
    {
        TypeSchema schema = new(type);
        JsonObject root = schema.Describe(type, isRoot: true);
        root.Insert(0, "title", PlainName(type));
        if (schema._definitions.Count > 0)
            root["$defs"] = schema._definitions;
        return root.ToJsonString();
    }

    private JsonObject Describe(Type type, bool isRoot = false)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return OrNull(Describe(value));
        if (type.IsEnum)
            return new JsonObject { ["type"] = "string", ["enum"] = Values(Enum.GetNames(type)) };
        if (Plain(type) is { } plain)
            return plain;
        if (ItemOf(type) is { } item)
            return new JsonObject { ["type"] = "array", ["items"] = Describe(item) };
        if (type == typeof(object) || type == typeof(PSObject) || typeof(IDictionary).IsAssignableFrom(type) || typeof(IEnumerable).IsAssignableFrom(type)
            || type.IsPointer || type.IsInterface || type.IsAbstract || typeof(Delegate).IsAssignableFrom(type))
            throw Unsupported(type == _root ? "its properties aren't known in advance" : $"it contains the type {type}, whose properties aren't known in advance");
        if (isRoot)
            return Properties(type, "#");

        // A recursive type is a reference; so is one that occurs again.
        if (type == _root)
            return new JsonObject { ["$ref"] = "#" };
        if (!_names.TryGetValue(type, out string? name))
        {
            _names[type] = name = Unique(PlainName(type));
            _definitions[name] = new JsonObject();
            _definitions[name] = Properties(type, name);
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    private JsonObject Properties(Type type, string place)
    {
        JsonObject properties = [];
        JsonArray required = [];
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || !IsSettable(type, property) || property.GetCustomAttribute<JsonIgnoreAttribute>() is not null)
                continue;
            JsonObject schema = Describe(property.PropertyType);
            if (property.GetCustomAttribute<ValidateSetAttribute>() is { ValidValues: { Count: > 0 } values })
                schema = new JsonObject { ["type"] = "string", ["enum"] = Values(values) };
            if (!property.PropertyType.IsValueType && _nullability.Create(property).WriteState == NullabilityState.Nullable)
                schema = OrNull(schema);
            if (property.GetCustomAttribute<DescriptionAttribute>() is { Description.Length: > 0 } description)
                schema["description"] = description.Description;
            string name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name;
            properties[name] = schema;
            required.Add(name);
        }

        if (properties.Count == 0)
            throw Unsupported(place == "#" ? "it doesn't have a public settable property" : $"its class {type.Name} doesn't have a public settable property");
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
    }

    // A record is initialized by its constructor, which is as good as a setter.
    private static bool IsSettable(Type type, PropertyInfo property) => property.CanRead && (property.SetMethod is { IsPublic: true }
        || type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase))));

    /// <summary>The schema of a primitive value; null for any other type.</summary>
    public static JsonObject? Plain(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String or TypeCode.Char => new JsonObject { ["type"] = "string" },
        TypeCode.Boolean => new JsonObject { ["type"] = "boolean" },
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => new JsonObject { ["type"] = "number" },
        TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 =>
            new JsonObject { ["type"] = "integer" },
        TypeCode.DateTime => Formatted("date-time"),
        _ when type == typeof(DateTimeOffset) => Formatted("date-time"),
        _ when type == typeof(DateOnly) => Formatted("date"),
        _ when type == typeof(TimeOnly) => Formatted("time"),
        _ when type == typeof(Guid) => Formatted("uuid"),
        _ when type == typeof(Uri) || type == typeof(Version) => new JsonObject { ["type"] = "string" },
        _ when type == typeof(TimeSpan) => new JsonObject { ["type"] = "string", ["description"] = "hh:mm:ss" },
        _ => null,
    };

    private static JsonObject Formatted(string format) => new() { ["type"] = "string", ["format"] = format };

    /// <summary>The element type of a list; null if it isn't a list.</summary>
    public static Type? ItemOf(Type type)
    {
        if (type.IsArray)
            return type.GetElementType();
        if (type == typeof(string) || typeof(IDictionary).IsAssignableFrom(type))
            return null;
        Type? items = type.IsInterface && type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? type
            : type.GetInterfaces().FirstOrDefault(static candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        Type? item = items?.GetGenericArguments()[0];
        return item is { IsGenericType: true } && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? null : item;
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type && schema["enum"] is null)
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        else
            schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        return schema;
    }

    private static JsonArray Values(IEnumerable<string> values)
    {
        JsonArray array = [];
        foreach (string value in values)
            array.Add(value);
        return array;
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; _definitions.ContainsKey(unique); i++)
            unique = $"{name}{i}";
        return unique;
    }

    private static string PlainName(Type type) => string.Concat(type.Name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private AzOpenAIException Unsupported(string reason) => Failure.Of(nameof(Messages.SchemaTypeUnsupported), ErrorKind.InvalidInput, _root, reason);
}

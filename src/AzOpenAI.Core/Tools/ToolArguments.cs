using System.Text.Json;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Tools;

/// <summary>The arguments of a tool call, parsed from the model's output and validated against the schema before anything runs.</summary>
public sealed class ToolArguments
{
    private const int MaxProblems = 5;

    private ToolArguments(IReadOnlyList<KeyValuePair<string, string>> values, IReadOnlyList<string> problems) => (Values, Problems) = (values, problems);

    /// <summary>Name and JSON of each argument, with names in the schema's spelling. Empty if there are problems.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <summary>The problems, for the model to fix; at most five.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Parses and validates.</summary>
    /// <param name="schema">The tool's schema, an object.</param>
    /// <param name="arguments">The model's output: JSON most of the time; empty means no arguments.</param>
    public static ToolArguments Read(string schema, string arguments)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(arguments);
        JsonDocument given;
        try
        {
            given = JsonDocument.Parse(string.IsNullOrWhiteSpace(arguments) ? "{}" : arguments);
        }
        catch (JsonException exception)
        {
            return Bad($"the arguments aren't valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
        }

        using (given)
        using (JsonDocument known = JsonDocument.Parse(schema))
            return Read(known.RootElement, given.RootElement);
    }

    private static ToolArguments Read(JsonElement schema, JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object)
            return Bad("the arguments aren't a JSON object");
        List<string> problems = [];
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty argument in given.EnumerateObject())
        {
            if (Find(schema, argument.Name) is not { } parameter)
            {
                problems.Add($"there is no parameter '{argument.Name}'; valid parameters are {Names(schema)}");
                continue;
            }

            // Models write null for what they omit.
            if (argument.Value.ValueKind == JsonValueKind.Null && !ValueCheck.AllowsNull(parameter.Value))
                continue;
            if (!values.TryAdd(parameter.Name, argument.Value.GetRawText()))
                problems.Add($"'{parameter.Name}' is specified twice");
            ValueCheck.Check(parameter.Value, argument.Value, parameter.Name, problems);
        }

        foreach (JsonElement name in schema.Items("required"u8))
        {
            if (!values.ContainsKey(name.GetString()!))
                problems.Add($"'{name.GetString()}' is required");
        }

        return problems.Count > 0 ? new ToolArguments([], [.. problems.Take(MaxProblems)]) : new ToolArguments([.. values], []);
    }

    private static JsonProperty? Find(JsonElement schema, string name)
    {
        if (schema.Member("properties"u8) is not { } properties)
            return null;
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property;
        }

        return null;
    }

    private static string Names(JsonElement schema)
    {
        string names = schema.Member("properties"u8) is { } properties ? string.Join(", ", properties.EnumerateObject().Select(static property => property.Name)) : "";
        return names.Length == 0 ? "none" : names;
    }

    private static ToolArguments Bad(string problem) => new([], [problem]);
}

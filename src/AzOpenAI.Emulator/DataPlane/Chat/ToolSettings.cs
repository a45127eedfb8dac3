using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.DataPlane.Schemas;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>A function that the model may call.</summary>
internal sealed record FunctionDefinition(string Name, JsonObject? Parameters);

/// <summary>The validated tools, tool_choice and parallel_tool_calls, or the older functions and function_call.</summary>
internal sealed partial record ToolSettings
{
    private const int Most = 128;
    private const int LongestName = 64;

    private static readonly string[] ToolsOnly = ["tool_choice", "parallel_tool_calls"];

    public IReadOnlyList<FunctionDefinition> Functions { get; private init; } = [];

    /// <summary>A tool call is required.</summary>
    public bool Required { get; private init; }

    /// <summary>Tool calls aren't allowed.</summary>
    public bool Forbidden { get; private init; }

    /// <summary>This tool must be called.</summary>
    public string? Named { get; private init; }

    public bool Parallel { get; private init; } = true;

    /// <summary>True if the request uses functions, so that the response is a function_call.</summary>
    public bool Legacy { get; private init; }

    public static ToolSettings Read(JsonObject body, CatalogueModel model)
    {
        if (body["functions"] is not null && body["tools"] is null)
        {
            return Choose(
                new ToolSettings { Functions = ReadFunctions(body, "functions", legacy: true), Legacy = true, Parallel = false },
                body, "function_call", (body["function_call"] as JsonObject)?["name"]);
        }

        ToolSettings settings = new() { Functions = ReadFunctions(body, "tools", legacy: false), Parallel = BodyErrors.Flag(body, "parallel_tool_calls", standard: true) };
        if (settings.Functions.Count == 0)
        {
            string? orphan = ToolsOnly.FirstOrDefault(n => body[n] is not null);
            return orphan is null || JsonRead.Text(body[orphan]) == "none"
                ? settings
                : throw DataPlaneErrors.Invalid($"Invalid value for '{orphan}': '{orphan}' is only allowed when 'tools' are specified.", orphan, null);
        }

        if (model.Family == "o-series" && body["parallel_tool_calls"] is not null)
        {
            throw DataPlaneErrors.UnsupportedParameter("parallel_tool_calls", model);
        }

        string? effort = JsonRead.Text(body["reasoning_effort"]) ?? model.ParameterRules.ReasoningEffortDefault;
        return model.ParameterRules.ChatToolsRequireReasoningEffort is { } needed && effort != needed
            ? throw DataPlaneErrors.ToolsNeedNoReasoning(model.Name)
            : Choose(settings, body, "tool_choice", ((body["tool_choice"] as JsonObject)?["function"] as JsonObject)?["name"]);
    }

    private static ToolSettings Choose(ToolSettings settings, JsonObject body, string member, JsonNode? named)
    {
        switch (body[member])
        {
            case null:
                return settings;
            case JsonObject choice when JsonRead.Text(named) is { } name:
                return settings.Functions.Any(f => f.Name == name)
                    ? settings with { Named = name, Required = true }
                    : throw DataPlaneErrors.Invalid(
                        $"Invalid value for '{member}': '{name}' is not the name of a function in '{(settings.Legacy ? "functions" : "tools")}'.", member, "invalid_value");
            case JsonObject when !settings.Legacy:
                throw BodyErrors.Missing("tool_choice.function.name");
            case var choice:
                return JsonRead.Text(choice) switch
                {
                    "auto" => settings,
                    "none" => settings with { Forbidden = true },
                    "required" when !settings.Legacy => settings with { Required = true },
                    var other => throw BodyErrors.Value(member, other ?? choice.ToJsonString(), settings.Legacy ? ["none", "auto"] : ["none", "auto", "required"]),
                };
        }
    }

    private static List<FunctionDefinition> ReadFunctions(JsonObject body, string member, bool legacy)
    {
        JsonArray tools = body[member] switch
        {
            null => [],
            JsonArray { Count: 0 } => throw BodyErrors.EmptyArray(member),
            JsonArray { Count: > Most } many => throw BodyErrors.ArrayTooLong(member, Most, many.Count),
            JsonArray array => array,
            var other => throw BodyErrors.Type(member, "an array of objects", other),
        };
        List<FunctionDefinition> functions = [];
        for (int i = 0; i < tools.Count; i++)
        {
            string path = $"{member}[{i}]";
            JsonObject tool = tools[i] as JsonObject ?? throw BodyErrors.Type(path, "an object", tools[i]);
            if (legacy)
            {
                functions.Add(ReadFunction(tool, path));
                continue;
            }

            string type = JsonRead.Text(tool["type"]) ?? throw BodyErrors.Missing(path + ".type");
            if (type is not ("function" or "custom"))
            {
                throw BodyErrors.Value(path + ".type", type, "function", "custom");
            }

            path += "." + type;
            functions.Add(ReadFunction(tool[type] as JsonObject ?? throw BodyErrors.Missing(path), path));
        }

        return functions;
    }

    private static FunctionDefinition ReadFunction(JsonObject function, string path)
    {
        string name = JsonRead.Text(function["name"]) ?? throw BodyErrors.Missing(path + ".name");
        if (!Name().IsMatch(name))
        {
            throw BodyErrors.Pattern(path + ".name");
        }

        if (name.Length > LongestName)
        {
            throw BodyErrors.TextTooLong(path + ".name", LongestName, name.Length);
        }

        JsonObject? parameters = function["parameters"] switch
        {
            null => null,
            JsonObject json => json,
            var other => throw BodyErrors.Type(path + ".parameters", "an object", other),
        };
        return parameters is not null && SchemaCheck.Problem(parameters, JsonRead.Flag(function["strict"]) == true) is { } problem
            ? throw DataPlaneErrors.Invalid($"Invalid schema for function '{name}': {problem}", path + ".parameters", "invalid_function_parameters")
            : new FunctionDefinition(name, parameters);
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_-]+$")]
    private static partial Regex Name();
}

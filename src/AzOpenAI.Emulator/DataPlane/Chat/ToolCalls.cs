using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Schemas;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>A tool call in a response; arguments are a string of JSON, which a script can make invalid.</summary>
internal sealed record ToolCall(string Id, string Name, string Arguments)
{
    public JsonObject ToJson() => new()
    {
        ["function"] = new JsonObject { ["arguments"] = Arguments, ["name"] = Name },
        ["id"] = Id,
        ["type"] = "function",
    };
}

/// <summary>Determines the tool calls of a response: scripted ones, those in the prompt's markers, or the required one.</summary>
internal static class ToolCalls
{
    public static IReadOnlyList<ToolCall> For(ChatParameters parameters, ScriptedAnswer? scripted)
    {
        ToolSettings tools = parameters.Tools;
        if (scripted is not null)
        {
            IEnumerable<ToolCall> given = (scripted.ToolCalls ?? []).OfType<JsonObject>().Select(Scripted);
            return [.. tools.Parallel ? given : given.Take(1)];
        }

        if (tools.Functions.Count == 0 || tools.Forbidden)
        {
            return [];
        }

        bool answersTools = ChatText.PendingToolResults(parameters.Messages).Count > 0;
        List<ToolCall> calls = [];
        foreach ((string name, string? arguments) in answersTools && !tools.Required ? [] : parameters.Markers.Tools)
        {
            if (tools.Functions.FirstOrDefault(f => f.Name == name && name == (tools.Named ?? name)) is { } function)
            {
                calls.Add(new ToolCall(Id(parameters, calls.Count), name, arguments ?? Arguments(function, parameters)));
            }
        }

        if (calls.Count == 0 && tools.Required)
        {
            FunctionDefinition function = tools.Functions.First(f => tools.Named is null || f.Name == tools.Named);
            calls.Add(new ToolCall(Id(parameters, 0), function.Name, Arguments(function, parameters)));
        }

        return tools.Parallel ? calls : [.. calls.Take(1)];
    }

    private static ToolCall Scripted(JsonObject call, int index) => new(
        JsonRead.Text(call["id"]) ?? $"call_emulator{index.ToString("D4", CultureInfo.InvariantCulture)}",
        JsonRead.Text(call["name"]) ?? "",
        call["arguments"] is { } arguments ? JsonRead.Text(arguments) ?? WireJson.Text(arguments) : "{}");

    private static string Arguments(FunctionDefinition function, ChatParameters parameters) =>
        WireJson.Text(SchemaSample.For(function.Parameters, parameters.LastUserText));

    /// <summary>The same request gets the same IDs; later turns of a conversation get different ones.</summary>
    private static string Id(ChatParameters parameters, int index) =>
        $"call_emulator{(parameters.Messages.Count * 100 + index).ToString("D6", CultureInfo.InvariantCulture)}";
}

using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Filters;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>One choice of a response.</summary>
internal sealed record ChatChoice
{
    public required int Index { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Replaces the text if the model refuses.</summary>
    public string? Refusal { get; init; }

    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>True to write the call as function_call.</summary>
    public bool Legacy { get; init; }

    public required string FinishReason { get; init; }

    public required FilterVerdict Filter { get; init; }

    /// <summary>Null if no log probabilities were requested.</summary>
    public int? TopLogProbabilities { get; init; }

    public int Tokens => TokenCounter.Count(Refusal ?? Text) + ToolCalls.Sum(c => TokenCounter.Count(WireJson.Text(c.ToJson())));

    public JsonObject ToJson(bool annotated)
    {
        JsonObject choice = new() { ["finish_reason"] = FinishReason, ["index"] = Index, ["logprobs"] = LogProbabilities(), ["message"] = Message() };
        if (annotated)
        {
            choice.Insert(0, "content_filter_results", Filter.ToJson());
        }

        return choice;
    }

    private JsonObject Message()
    {
        bool text = Refusal is null && (ToolCalls.Count == 0 || Text.Length > 0);
        JsonObject message = new() { ["content"] = text ? Text : null, ["refusal"] = Refusal, ["role"] = "assistant" };
        if (ToolCalls.Count > 0 && Legacy)
        {
            message["function_call"] = ToolCalls[0].ToJson()["function"]!.DeepClone();
        }
        else if (ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. ToolCalls.Select(c => (JsonNode?)c.ToJson())]);
        }

        return message;
    }

    private JsonObject? LogProbabilities() => TopLogProbabilities is not { } top ? null
        : TokenLogProbabilities.Chat(Refusal is null ? TokenCounter.Split(Text) : [], Refusal is null ? null : TokenCounter.Split(Refusal), top);
}

using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Faults;

/// <summary>
/// Reads a scripted response from the body of POST /_emulator/answers: {deployment?, match?, count?} and either json, or events, or the model's output:
/// {text | choices | refusal, toolCalls?, finishReason?, reasoningTokens?, cachedTokens?}.
/// </summary>
internal static class AnswerReader
{
    private static readonly string[] FinishReasons = ["stop", "length", "tool_calls", "content_filter", "function_call"];

    public static ScriptedAnswer Read(Exchange exchange)
    {
        ControlBody body = new(
            exchange, "deployment", "match", "count", "json", "events", "text", "choices", "refusal", "toolCalls", "finishReason", "reasoningTokens", "cachedTokens");
        bool says = body.Has("text") || body.Has("choices") || body.Has("refusal") || body.Has("toolCalls");
        if (new[] { says, body.Has("json"), body.Has("events") }.Count(given => given) != 1
            || new[] { body.Has("text"), body.Has("choices"), body.Has("refusal") }.Count(given => given) > 1)
        {
            throw ControlBody.Refuse("Specify exactly one of 'text', 'choices', 'refusal', 'json' and 'events'. 'toolCalls' can be used alone or together with 'text'.");
        }

        string? reason = body.Text("finishReason");
        if (reason is not null && !FinishReasons.Contains(reason, StringComparer.Ordinal))
        {
            throw ControlBody.Refuse($"Unknown finishReason '{reason}'. Known values: {string.Join(", ", FinishReasons)}.");
        }

        return new ScriptedAnswer
        {
            Deployment = body.Text("deployment"),
            Match = FaultReader.Pattern(body.Text("match")),
            Text = body.Text("text"),
            Choices = Array(body, "choices")?.Select(c => JsonRead.Text(c) ?? throw ControlBody.Refuse("The property 'choices' must be an array of strings.")).ToArray(),
            Refusal = body.Text("refusal"),
            ToolCalls = ToolCalls(body),
            FinishReason = reason,
            ReasoningTokens = body.Integer("reasoningTokens"),
            CachedTokens = body.Integer("cachedTokens"),
            Json = body.Node("json"),
            Events = Array(body, "events"),
            Remaining = body.Has("count") ? body.Integer("count", 1) ?? -1 : 1,
        };
    }

    private static JsonArray? ToolCalls(ControlBody body)
    {
        JsonArray? calls = Array(body, "toolCalls");
        foreach (JsonNode? call in calls ?? [])
        {
            _ = new ControlBody(call as JsonObject ?? throw ControlBody.Refuse("Each of 'toolCalls' must be an object."), "id", "name", "arguments").Required("name");
        }

        return calls;
    }

    private static JsonArray? Array(ControlBody body, string name) => !body.Has(name) ? null
        : body.Node(name) as JsonArray ?? throw ControlBody.Refuse($"The property '{name}' must be an array.");
}

using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>What the model says to a request, and what that costs.</summary>
internal sealed record ChatAnswer
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string Model { get; init; }

    public required string Text { get; init; }

    public required string FinishReason { get; init; }

    /// <summary>Category that filtered the answer; null where none did.</summary>
    public string? Filtered { get; init; }

    public JsonArray? ToolCalls { get; init; }

    public required int Choices { get; init; }

    public required int PromptTokens { get; init; }

    public const string Fingerprint = "fp_emulator0001";

    public int CompletionTokens => Choices * (TokenCounter.Count(Text) + (ToolCalls is null ? 0 : TokenCounter.Count(ToolCalls.ToJsonString())));

    /// <summary>The echo: the same request gets the same answer on every machine.</summary>
    public static ChatAnswer To(ChatParameters parameters, CatalogueModel model, string? scripted, DateTimeOffset now)
    {
        string user = parameters.LastUserText;
        string? filtered = ContentFilters.CompletionTrigger(user);
        JsonArray? toolCalls = scripted is null ? ToolAnswer.For(parameters) : null;
        string text = filtered is not null || toolCalls is not null ? "" : scripted ?? Echo(parameters, user);
        string reason = filtered is not null ? "content_filter" : toolCalls is not null ? "tool_calls" : "stop";
        int limit = Math.Min(parameters.MaxTokens ?? int.MaxValue, model.Limits.MaxOutputTokens ?? int.MaxValue);
        if (TokenCounter.Count(text) > limit)
        {
            text = TokenCounter.Cut(text, limit);
            reason = "length";
        }

        return new ChatAnswer
        {
            Id = "chatcmpl-" + Guid.NewGuid().ToString("N"),
            Created = now.ToUnixTimeSeconds(),
            Model = Management.DeploymentJson.UnderlyingModel(model),
            Text = text,
            FinishReason = reason,
            Filtered = filtered,
            ToolCalls = toolCalls,
            Choices = parameters.Choices,
            PromptTokens = TokenCounter.Count(parameters.Messages),
        };
    }

    public JsonObject Usage() => new()
    {
        ["completion_tokens"] = CompletionTokens,
        ["completion_tokens_details"] = new JsonObject
        {
            ["accepted_prediction_tokens"] = 0,
            ["audio_tokens"] = 0,
            ["reasoning_tokens"] = 0,
            ["rejected_prediction_tokens"] = 0,
        },
        ["prompt_tokens"] = PromptTokens,
        ["prompt_tokens_details"] = new JsonObject { ["audio_tokens"] = 0, ["cached_tokens"] = 0 },
        ["total_tokens"] = PromptTokens + CompletionTokens,
    };

    public JsonObject ToJson() => new()
    {
        ["choices"] = new JsonArray([.. Enumerable.Range(0, Choices).Select(i => (JsonNode?)Choice(i))]),
        ["created"] = Created,
        ["id"] = Id,
        ["model"] = Model,
        ["object"] = "chat.completion",
        ["prompt_filter_results"] = ContentFilters.PromptResults(),
        ["system_fingerprint"] = Fingerprint,
        ["usage"] = Usage(),
    };

    private JsonObject Choice(int index)
    {
        JsonObject message = new() { ["content"] = ToolCalls is null ? Text : null, ["refusal"] = null, ["role"] = "assistant" };
        if (ToolCalls is not null)
        {
            message["tool_calls"] = ToolCalls.DeepClone();
        }

        return new JsonObject
        {
            ["content_filter_results"] = ContentFilters.Completion(Filtered),
            ["finish_reason"] = FinishReason,
            ["index"] = index,
            ["logprobs"] = null,
            ["message"] = message,
        };
    }

    private static string Echo(ChatParameters parameters, string user)
    {
        string text = "You said: " + user;
        bool json = parameters.Body["response_format"] is JsonObject format
            && format["type"] is JsonValue type && type.TryGetValue(out string? name) && name != "text";
        return json ? JsonAnswer.For(parameters.Body["response_format"]!.AsObject(), text) : text;
    }
}

using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Filters;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>The model's response to a request, and its tokens.</summary>
internal sealed record ChatAnswer
{
    public const string Fingerprint = "fp_emulator0001";

    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string Model { get; init; }

    public required IReadOnlyList<ChatChoice> Choices { get; init; }

    public required FilterVerdict PromptFilter { get; init; }

    public required AnswerShape Shape { get; init; }

    public required int PromptTokens { get; init; }

    public int CachedTokens { get; init; }

    /// <summary>Total of all choices.</summary>
    public int ReasoningTokens { get; init; }

    public int CompletionTokens => ReasoningTokens + Choices.Sum(c => c.Tokens);

    public JsonObject Usage() => new()
    {
        ["completion_tokens"] = CompletionTokens,
        ["completion_tokens_details"] = new JsonObject
        {
            ["accepted_prediction_tokens"] = 0,
            ["audio_tokens"] = 0,
            ["reasoning_tokens"] = ReasoningTokens,
            ["rejected_prediction_tokens"] = 0,
        },
        ["prompt_tokens"] = PromptTokens,
        ["prompt_tokens_details"] = new JsonObject { ["audio_tokens"] = 0, ["cached_tokens"] = CachedTokens },
        ["total_tokens"] = PromptTokens + CompletionTokens,
    };

    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["choices"] = new JsonArray([.. Choices.Select(c => (JsonNode?)c.ToJson(Shape.Annotated))]),
            ["created"] = Created,
            ["id"] = Id,
            ["model"] = Model,
            ["object"] = "chat.completion",
        };
        if (Shape.Annotated)
        {
            json[Shape.PromptResults] = FilterVerdict.ToPromptResults([PromptFilter]);
        }

        json["system_fingerprint"] = Fingerprint;
        json["usage"] = Usage();
        return json;
    }
}

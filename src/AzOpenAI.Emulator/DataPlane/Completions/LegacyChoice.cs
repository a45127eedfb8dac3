using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Filters;

namespace AzOpenAI.Emulator.DataPlane.Completions;

/// <summary>One choice of a legacy completion.</summary>
internal sealed record LegacyChoice
{
    public required int Index { get; init; }

    /// <summary>The prompt, if it is to be returned.</summary>
    public required string Echoed { get; init; }

    public required string Text { get; init; }

    public required string FinishReason { get; init; }

    public required FilterVerdict Filter { get; init; }

    public int? LogProbabilities { get; init; }

    public JsonObject ToJson(AnswerShape shape) => Write(shape, Echoed + Text, FinishReason, LogProbabilitiesOf(Echoed + Text, TokenCounter.Split(Echoed).Count, 0), Filter.ToJson());

    /// <summary>A chunk of the text in a stream, or its end.</summary>
    public JsonObject ToChunk(AnswerShape shape, string text, int offset, string? finishReason) => Write(
        shape, text, finishReason, finishReason is null ? LogProbabilitiesOf(text, offset < Echoed.Length ? 1 : 0, offset) : null, finishReason is null ? Filter.ToChunk() : []);

    private JsonObject? LogProbabilitiesOf(string text, int echoed, int offset) =>
        LogProbabilities is { } top ? TokenLogProbabilities.Completion(TokenCounter.Split(text), top, offset == 0 ? echoed : 0, offset) : null;

    private JsonObject Write(AnswerShape shape, string text, string? finishReason, JsonObject? probabilities, JsonObject filter)
    {
        JsonObject json = new() { ["text"] = text, ["index"] = Index, ["finish_reason"] = finishReason, ["logprobs"] = probabilities };
        if (shape.Annotated)
        {
            json["content_filter_results"] = filter;
        }

        return json;
    }
}

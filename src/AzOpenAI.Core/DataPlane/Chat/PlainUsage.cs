using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Reads the billed tokens in a single pass, with the rules of <see cref="ChatResponseReader.Usage"/>.</summary>
internal ref struct PlainUsage
{
    private int _prompt;
    private int _completion;
    private int _total;
    private int _cached;
    private int _reasoning;
    private int _accepted;
    private int _rejected;
    private int _promptAudio;
    private int _completionAudio;

    /// <summary>Reads the usage, or null.</summary>
    /// <returns>False if it has an unexpected form.</returns>
    public static bool Take(ref Utf8JsonReader reader, out TokenUsage? usage)
    {
        usage = null;
        PlainUsage counts = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return reader.TokenType == JsonTokenType.Null;
        while (reader.NextMember())
        {
            bool plain = reader.ValueTextEquals("prompt_tokens"u8) ? TakeCount(ref reader, ref counts._prompt)
                : reader.ValueTextEquals("completion_tokens"u8) ? TakeCount(ref reader, ref counts._completion)
                : reader.ValueTextEquals("total_tokens"u8) ? TakeCount(ref reader, ref counts._total)
                : reader.ValueTextEquals("prompt_tokens_details"u8) ? counts.TakePrompt(ref reader)
                : reader.ValueTextEquals("completion_tokens_details"u8) ? counts.TakeCompletion(ref reader)
                : reader.TrySkip();
            if (!plain)
                return false;
        }

        usage = counts.ToUsage();
        return reader.TokenType == JsonTokenType.EndObject;
    }

    private readonly TokenUsage ToUsage() => new()
    {
        PromptTokens = _prompt,
        CompletionTokens = _completion,
        TotalTokens = _total,
        CachedTokens = _cached,
        ReasoningTokens = _reasoning,
        AcceptedPredictionTokens = _accepted,
        RejectedPredictionTokens = _rejected,
        AudioTokens = _promptAudio + _completionAudio,
    };

    private bool TakePrompt(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
            return reader.TokenType == JsonTokenType.Null;
        while (reader.NextMember())
        {
            bool plain = reader.ValueTextEquals("cached_tokens"u8) ? TakeCount(ref reader, ref _cached)
                : reader.ValueTextEquals("audio_tokens"u8) ? TakeCount(ref reader, ref _promptAudio)
                : reader.TrySkip();
            if (!plain)
                return false;
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private bool TakeCompletion(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
            return reader.TokenType == JsonTokenType.Null;
        while (reader.NextMember())
        {
            bool plain = reader.ValueTextEquals("reasoning_tokens"u8) ? TakeCount(ref reader, ref _reasoning)
                : reader.ValueTextEquals("accepted_prediction_tokens"u8) ? TakeCount(ref reader, ref _accepted)
                : reader.ValueTextEquals("rejected_prediction_tokens"u8) ? TakeCount(ref reader, ref _rejected)
                : reader.ValueTextEquals("audio_tokens"u8) ? TakeCount(ref reader, ref _completionAudio)
                : reader.TrySkip();
            if (!plain)
                return false;
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private static bool TakeCount(ref Utf8JsonReader reader, ref int count)
    {
        if (!reader.TakeNumber(out long? number))
            return false;
        count = (int)Math.Clamp(number ?? 0, 0, int.MaxValue);
        return true;
    }
}

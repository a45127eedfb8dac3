namespace AzOpenAI;

/// <summary>One completion of a prompt, from the legacy completions operation.</summary>
public sealed record TextCompletion
{
    /// <summary>The text, after the prompt if that was requested.</summary>
    public string Text { get; init; } = "";

    /// <summary>Position of the prompt in the call, from 0.</summary>
    public int PromptIndex { get; init; }

    /// <summary>Position among the completions of the prompt, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The prompt.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>stop, length, content_filter or another value; null if the stream was interrupted.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Log probabilities of the tokens, if requested. NaN for the first token of an echoed prompt, which has none.</summary>
    public IReadOnlyList<TokenLogProb> LogProbs { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Findings of the content filter for the prompt and this text.</summary>
    public IReadOnlyList<ContentFilterResult> ContentFilter { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The model that responded, as reported by the service.</summary>
    public string? Model { get; init; }

    /// <summary>The deployment that was called.</summary>
    public string? Deployment { get; init; }

    /// <summary>ID of the completion; the same for all completions of a call.</summary>
    public string? Id { get; init; }

    /// <summary>When the response was created, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Billed tokens of the whole call, the same for all its completions; null if the service didn't report them.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>The request ID that the service assigned.</summary>
    public string? RequestId { get; init; }

    /// <summary>Region that responded.</summary>
    public string? Region { get; init; }

    /// <summary>Rate limits from the response's headers.</summary>
    public RateLimitState? RateLimit { get; init; }

    /// <summary>From the first byte sent to the last received, including waits and retries.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>True if the text was streamed to the host.</summary>
    public bool Streamed { get; init; }

    /// <summary>The JSON of the whole call as received; for a stream, the events as a JSON array.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

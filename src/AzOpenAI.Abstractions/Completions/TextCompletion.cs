namespace AzOpenAI;

/// <summary>One continuation of one prompt, made by the legacy completions operation.</summary>
public sealed record TextCompletion
{
    /// <summary>The text; with the prompt before it where it was to be echoed.</summary>
    public string Text { get; init; } = "";

    /// <summary>Position of the prompt in the call, from 0.</summary>
    public int PromptIndex { get; init; }

    /// <summary>Position among the continuations of the prompt, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The prompt.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>stop, length, content_filter or a word we do not know yet; null where the stream broke off.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Probabilities of the tokens, where they were asked for. The first token of an echoed prompt has none: NaN.</summary>
    public IReadOnlyList<TokenLogProb> LogProbs { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Findings of the content filter on the prompt and on this text.</summary>
    public IReadOnlyList<ContentFilterResult> ContentFilter { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The model that answered, by the service's word.</summary>
    public string? Model { get; init; }

    /// <summary>The deployment that was called.</summary>
    public string? Deployment { get; init; }

    /// <summary>Id of the completion; the same for all that one call made.</summary>
    public string? Id { get; init; }

    /// <summary>When the answer was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Tokens billed for the whole call, the same for all that it made; null where the service did not tell.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Region that answered.</summary>
    public string? Region { get; init; }

    /// <summary>Limits by the answer's headers.</summary>
    public RateLimitState? RateLimit { get; init; }

    /// <summary>From the first byte sent to the last received, waits and retries included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>True: the text went to the host as it came.</summary>
    public bool Streamed { get; init; }

    /// <summary>The JSON of the whole call as received; for a stream, the events as a JSON array.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

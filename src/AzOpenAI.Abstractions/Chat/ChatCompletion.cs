namespace AzOpenAI;

/// <summary>The whole answer of a chat call. Its text is the first choice's.</summary>
public sealed record ChatCompletion
{
    // A string, or the bytes of one.
    private readonly object? _raw;

    /// <summary>Id of the completion.</summary>
    public string? Id { get; init; }

    /// <summary>Text of the first choice.</summary>
    public string Content => Choices.Count > 0 ? Choices[0].Content : "";

    /// <summary>Why the first choice ended.</summary>
    public string? FinishReason => Choices.Count > 0 ? Choices[0].FinishReason : null;

    /// <summary>The first choice's refusal.</summary>
    public string? Refusal => Choices.Count > 0 ? Choices[0].Refusal : null;

    /// <summary>The first choice's tool calls.</summary>
    public IReadOnlyList<ToolCall> ToolCalls => Choices.Count > 0 ? Choices[0].ToolCalls : [];

    /// <summary>All answers.</summary>
    public IReadOnlyList<ChatChoice> Choices { get; init; } = [];

    /// <summary>The model that answered, by the service's word.</summary>
    public string? Model { get; init; }

    /// <summary>The deployment that was called.</summary>
    public string? Deployment { get; init; }

    /// <summary>When the answer was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Tokens billed, null where the service did not tell.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Findings of the content filter, prompt and completion.</summary>
    public IReadOnlyList<ContentFilterResult> ContentFilter { get; init; } = [];

    /// <summary>Backend configuration, to compare answers by.</summary>
    public string? SystemFingerprint { get; init; }

    /// <summary>Class of service that the answer was made in, where the service tells.</summary>
    public string? ServiceTier { get; init; }

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

    /// <summary>The conversation that the call belongs to, for Invoke-AzOpenAIChat to go on with; null for a single call.</summary>
    public object? Conversation { get; init; }

    /// <summary>The answer as an object, where a form was asked for.</summary>
    public object? Value { get; init; }

    /// <summary>What came down the pipeline for this call, where it was asked for.</summary>
    public object? Input { get; init; }

    /// <summary>The JSON as received; for a stream, the events as a JSON array.</summary>
    public string? Raw
    {
        get => _raw?.ToString();
        init => _raw = value;
    }

    /// <summary><see cref="Raw"/> before it is a string.</summary>
    internal ReceivedText Received
    {
        init => _raw = value;
    }

    /// <inheritdoc/>
    public override string ToString() => Content;
}

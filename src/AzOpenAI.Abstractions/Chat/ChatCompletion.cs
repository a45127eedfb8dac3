namespace AzOpenAI;

/// <summary>The response to a chat call. Its text is that of the first choice.</summary>
public sealed record ChatCompletion
{
    // A string or its bytes.
    private readonly object? _raw;

    /// <summary>ID of the completion.</summary>
    public string? Id { get; init; }

    /// <summary>Text of the first choice.</summary>
    public string Content => Choices.Count > 0 ? Choices[0].Content : "";

    /// <summary>Finish reason of the first choice.</summary>
    public string? FinishReason => Choices.Count > 0 ? Choices[0].FinishReason : null;

    /// <summary>The refusal of the first choice.</summary>
    public string? Refusal => Choices.Count > 0 ? Choices[0].Refusal : null;

    /// <summary>The tool calls of the first choice.</summary>
    public IReadOnlyList<ToolCall> ToolCalls => Choices.Count > 0 ? Choices[0].ToolCalls : [];

    /// <summary>All choices.</summary>
    public IReadOnlyList<ChatChoice> Choices { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The model that responded, as reported by the service.</summary>
    public string? Model { get; init; }

    /// <summary>The deployment that was called.</summary>
    public string? Deployment { get; init; }

    /// <summary>When the response was created, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Billed tokens, null if the service didn't report them. With tools, the sum of all rounds.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Tokens of the last request only, whose prompt was the whole conversation. The same as <see cref="Usage"/> if no tool ran.</summary>
    public TokenUsage? LastUsage
    {
        get => field ?? Usage;
        init;
    }

    /// <summary>Number of requests: one more than the rounds of tool calls.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>The tool calls that were handled, in order. Those that the response still requests are in <see cref="ToolCalls"/>.</summary>
    public IReadOnlyList<ToolRun> ToolRuns { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The model's calls and their results as messages, between the prompt and this response.</summary>
    public IReadOnlyList<ChatMessage> ToolMessages { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Findings of the content filter for prompt and completion.</summary>
    public IReadOnlyList<ContentFilterResult> ContentFilter { get; init => field = Indexable.Of(value); } = [];

    /// <summary>System fingerprint of the backend configuration, to compare responses.</summary>
    public string? SystemFingerprint { get; init; }

    /// <summary>Service tier of the response, if the service reports it.</summary>
    public string? ServiceTier { get; init; }

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

    /// <summary>The conversation of the call, to continue with Invoke-AzOpenAIChat; null for a single call.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>The response as an object, if a format was requested.</summary>
    public object? Value { get; init; }

    /// <summary>The pipeline input for this call, if requested.</summary>
    public object? Input { get; init; }

    /// <summary>The JSON as received; for a stream, the events as a JSON array.</summary>
    public string? Raw
    {
        get => _raw?.ToString();
        init => _raw = value;
    }

    /// <summary>The value of <see cref="Raw"/> before it is converted to a string.</summary>
    internal ReceivedText Received
    {
        init => _raw = value;
    }

    /// <inheritdoc/>
    public override string ToString() => Content;
}

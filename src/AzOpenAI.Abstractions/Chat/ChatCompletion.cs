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
    public IReadOnlyList<ChatChoice> Choices { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The model that answered, by the service's word.</summary>
    public string? Model { get; init; }

    /// <summary>The deployment that was called.</summary>
    public string? Deployment { get; init; }

    /// <summary>When the answer was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Tokens billed, null where the service did not tell. Where tools ran, those of all rounds.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Tokens of the last request alone, whose prompt was the whole conversation. The same as <see cref="Usage"/> where no tool ran.</summary>
    public TokenUsage? LastUsage
    {
        get => field ?? Usage;
        init;
    }

    /// <summary>How many requests the answer took: one more than there were rounds of tool calls.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>The tool calls that were made on the way, in order. Those that the answer still asks for are in <see cref="ToolCalls"/>.</summary>
    public IReadOnlyList<ToolRun> ToolRuns { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The model's calls and their results as messages: they stand between the prompt and this answer.</summary>
    public IReadOnlyList<ChatMessage> ToolMessages { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Findings of the content filter, prompt and completion.</summary>
    public IReadOnlyList<ContentFilterResult> ContentFilter { get; init => field = Indexable.Of(value); } = [];

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
    public Conversation? Conversation { get; init; }

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

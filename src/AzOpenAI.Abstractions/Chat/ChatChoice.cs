namespace AzOpenAI;

/// <summary>One of the answers to a prompt.</summary>
public sealed record ChatChoice
{
    /// <summary>Position.</summary>
    public int Index { get; init; }

    /// <summary>Text, empty where the model called tools only.</summary>
    public string Content { get; init; } = "";

    /// <summary>Why the model would not answer, in its own words.</summary>
    public string? Refusal { get; init; }

    /// <summary>stop, length, tool_calls, content_filter or a word we do not know yet; null where the stream broke off.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Calls that the model asks for.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Probabilities of the tokens of <see cref="Content"/>, where they were asked for.</summary>
    public IReadOnlyList<TokenLogProb> LogProbs { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Probabilities of the tokens of <see cref="Refusal"/>.</summary>
    public IReadOnlyList<TokenLogProb> RefusalLogProbs { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The answer as a message, to go on from.</summary>
    public ChatMessage ToMessage() => new("assistant", Content) { ToolCalls = ToolCalls, Refusal = Refusal };

    /// <inheritdoc/>
    public override string ToString() => Content;
}

namespace AzOpenAI;

/// <summary>One of the responses to a prompt.</summary>
public sealed record ChatChoice
{
    /// <summary>Index of the choice.</summary>
    public int Index { get; init; }

    /// <summary>Text; empty if the model only requested tool calls.</summary>
    public string Content { get; init; } = "";

    /// <summary>The model's refusal to respond.</summary>
    public string? Refusal { get; init; }

    /// <summary>stop, length, tool_calls, content_filter or another value; null if the stream was interrupted.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Tool calls that the model requests.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Log probabilities of the tokens of <see cref="Content"/>, if requested.</summary>
    public IReadOnlyList<TokenLogProb> LogProbs { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Log probabilities of the tokens of <see cref="Refusal"/>.</summary>
    public IReadOnlyList<TokenLogProb> RefusalLogProbs { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The response as a message, to continue the conversation.</summary>
    public ChatMessage ToMessage() => new("assistant", Content) { ToolCalls = ToolCalls, Refusal = Refusal };

    /// <inheritdoc/>
    public override string ToString() => Content;
}

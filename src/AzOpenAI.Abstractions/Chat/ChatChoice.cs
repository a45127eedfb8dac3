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
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>Log probabilities as received, JSON.</summary>
    public string? LogProbs { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Content;
}

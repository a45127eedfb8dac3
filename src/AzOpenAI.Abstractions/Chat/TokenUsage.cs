namespace AzOpenAI;

/// <summary>Billed tokens of a call. Zero for details that the service didn't report.</summary>
public sealed record TokenUsage
{
    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Tokens of the response, including reasoning.</summary>
    public int CompletionTokens { get; init; }

    /// <summary>Sum of both.</summary>
    public int TotalTokens { get; init; }

    /// <summary>Prompt tokens served from the cache.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Output tokens used for reasoning.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Accepted tokens of a prediction.</summary>
    public int AcceptedPredictionTokens { get; init; }

    /// <summary>Rejected tokens of a prediction, which are billed too.</summary>
    public int RejectedPredictionTokens { get; init; }

    /// <summary>Audio tokens of prompt and response.</summary>
    public int AudioTokens { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{PromptTokens}+{CompletionTokens}={TotalTokens}";
}

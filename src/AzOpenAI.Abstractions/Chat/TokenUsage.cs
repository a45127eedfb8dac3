namespace AzOpenAI;

/// <summary>Tokens billed for one call. Zero where the service did not tell a detail.</summary>
public sealed record TokenUsage
{
    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Tokens of the answer, reasoning included.</summary>
    public int CompletionTokens { get; init; }

    /// <summary>Both.</summary>
    public int TotalTokens { get; init; }

    /// <summary>Prompt tokens served from the cache.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Answer tokens spent on reasoning.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Tokens of a prediction that came true.</summary>
    public int AcceptedPredictionTokens { get; init; }

    /// <summary>Tokens of a prediction that did not; billed all the same.</summary>
    public int RejectedPredictionTokens { get; init; }

    /// <summary>Tokens of sound, in prompt and answer.</summary>
    public int AudioTokens { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{PromptTokens}+{CompletionTokens}={TotalTokens}";
}

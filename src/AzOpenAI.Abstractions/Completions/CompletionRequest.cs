namespace AzOpenAI;

/// <summary>A legacy completion request. Null properties aren't sent, so that the service's defaults apply.</summary>
public sealed record CompletionRequest
{
    /// <summary>The prompts; at least one.</summary>
    public required IReadOnlyList<string> Prompts { get; init => field = Indexable.Of(value); }

    /// <summary>Deployment (Azure) or model (OpenAI).</summary>
    public required string Deployment { get; init; }

    /// <summary>The text that follows the completion.</summary>
    public string? Suffix { get; init; }

    /// <summary>Maximum number of output tokens for each prompt; the service's default is 16.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>Number of completions for each prompt, 1 to 128. All of their tokens are billed.</summary>
    public int? ChoiceCount { get; init; }

    /// <summary>Number of completions to generate for each prompt, 1 to 20; the best are returned, all are billed.</summary>
    public int? BestOf { get; init; }

    /// <summary>True to return the prompt before the text.</summary>
    public bool Echo { get; init; }

    /// <summary>Number of most likely tokens to return at each position, 0 to 5.</summary>
    public int? LogProbs { get; init; }

    /// <summary>Up to four stop sequences.</summary>
    public IReadOnlyList<string> StopSequences { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Seed for reproducible responses, best effort.</summary>
    public long? Seed { get; init; }

    /// <summary>-2 to 2: positive values penalize tokens by how often they have occurred.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>-2 to 2: positive values penalize tokens that have occurred at all.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>Your ID of the end user.</summary>
    public string? User { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Prompts.Count > 0 ? Prompts[0] : "";
}

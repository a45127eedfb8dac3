namespace AzOpenAI;

/// <summary>What to continue. A null property is not sent, so the service's default holds.</summary>
public sealed record CompletionRequest
{
    /// <summary>The prompts; at least one.</summary>
    public required IReadOnlyList<string> Prompts { get; init => field = Indexable.Of(value); }

    /// <summary>Deployment (Azure) or model (OpenAI).</summary>
    public required string Deployment { get; init; }

    /// <summary>What comes after the text that is to be made.</summary>
    public string? Suffix { get; init; }

    /// <summary>Most tokens to make for each prompt; the service's own limit is 16.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>Continuations of each prompt, 1 to 128. All of their tokens are billed.</summary>
    public int? ChoiceCount { get; init; }

    /// <summary>Continuations that are made for each prompt, 1 to 20; the best come back, all are billed.</summary>
    public int? BestOf { get; init; }

    /// <summary>True: the prompt stands before the text.</summary>
    public bool Echo { get; init; }

    /// <summary>0 to 5 likeliest tokens in each place.</summary>
    public int? LogProbs { get; init; }

    /// <summary>Up to four texts to stop at.</summary>
    public IReadOnlyList<string> StopSequences { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Seed for answers that repeat, best effort.</summary>
    public long? Seed { get; init; }

    /// <summary>-2 to 2: above zero, what was said often is said less.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>-2 to 2: above zero, what was said at all is said less.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>Your id of the end user.</summary>
    public string? User { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Prompts.Count > 0 ? Prompts[0] : "";
}

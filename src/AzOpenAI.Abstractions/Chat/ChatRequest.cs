namespace AzOpenAI;

/// <summary>What to ask. A null property is not sent, so the service's default holds.</summary>
public sealed record ChatRequest
{
    /// <summary>Messages in order; at least one.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Deployment (Azure) or model (OpenAI).</summary>
    public required string Deployment { get; init; }

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>Most tokens to answer with; sent under the name that the model takes.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Up to four texts to stop at.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Seed for answers that repeat, best effort.</summary>
    public long? Seed { get; init; }

    /// <summary>none, minimal, low, medium, high, xhigh or max, as the model takes.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Your id of the end user.</summary>
    public string? User { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Messages.Count > 0 ? Messages[^1].Content : "";
}

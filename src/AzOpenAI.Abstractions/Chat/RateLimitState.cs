namespace AzOpenAI;

/// <summary>What the answer's headers told about the deployment's limits; null where a header was absent.</summary>
public sealed record RateLimitState
{
    /// <summary>Requests allowed.</summary>
    public long? LimitRequests { get; init; }

    /// <summary>Requests left.</summary>
    public long? RemainingRequests { get; init; }

    /// <summary>Tokens allowed.</summary>
    public long? LimitTokens { get; init; }

    /// <summary>Tokens left.</summary>
    public long? RemainingTokens { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{RemainingRequests}/{LimitRequests} requests, {RemainingTokens}/{LimitTokens} tokens";
}

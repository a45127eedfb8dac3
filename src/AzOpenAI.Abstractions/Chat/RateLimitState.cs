namespace AzOpenAI;

/// <summary>The deployment's rate limits from the response's headers; null if a header was absent.</summary>
public sealed record RateLimitState
{
    /// <summary>Limit of requests.</summary>
    public long? LimitRequests { get; init; }

    /// <summary>Remaining requests.</summary>
    public long? RemainingRequests { get; init; }

    /// <summary>Limit of tokens.</summary>
    public long? LimitTokens { get; init; }

    /// <summary>Remaining tokens.</summary>
    public long? RemainingTokens { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{RemainingRequests}/{LimitRequests} requests, {RemainingTokens}/{LimitTokens} tokens";
}

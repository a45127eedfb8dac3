namespace AzOpenAI;

/// <summary>The response to one call: a vector for each text, in the order of the texts.</summary>
public sealed record EmbeddingAnswer
{
    /// <summary>The vectors.</summary>
    public required IReadOnlyList<float[]> Vectors { get; init => field = Indexable.Of(value); }

    /// <summary>The model that responded, as reported by the service.</summary>
    public string? Model { get; init; }

    /// <summary>Billed tokens of the whole call, null if the service didn't report them.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>The request ID that the service assigned.</summary>
    public string? RequestId { get; init; }

    /// <summary>Rate limits from the response's headers.</summary>
    public RateLimitState? RateLimit { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Vectors.Count} vectors";
}

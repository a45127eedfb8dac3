namespace AzOpenAI;

/// <summary>The answer to one call: a vector for each text, in the order of the texts.</summary>
public sealed record EmbeddingAnswer
{
    /// <summary>The vectors.</summary>
    public required IReadOnlyList<float[]> Vectors { get; init => field = Indexable.Of(value); }

    /// <summary>The model that answered, by the service's word.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens billed for the whole call, null where the service did not tell.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Limits by the answer's headers.</summary>
    public RateLimitState? RateLimit { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Vectors.Count} vectors";
}

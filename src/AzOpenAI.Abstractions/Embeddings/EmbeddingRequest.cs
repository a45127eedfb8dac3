namespace AzOpenAI;

/// <summary>Texts to embed in one call. A null property is not sent, so the service's default holds.</summary>
public sealed record EmbeddingRequest
{
    /// <summary>Most texts that the service takes in one call.</summary>
    public const int MaxTexts = 2048;

    /// <summary>The texts, at least one and at most <see cref="MaxTexts"/>; none empty.</summary>
    public required IReadOnlyList<string> Texts { get; init => field = Indexable.Of(value); }

    /// <summary>Deployment (Azure) or model (OpenAI).</summary>
    public required string Deployment { get; init; }

    /// <summary>Numbers in each vector, for models that can shorten them.</summary>
    public int? Dimensions { get; init; }

    /// <summary>What the texts are for in a search, such as query; for models that make a difference.</summary>
    public string? InputType { get; init; }

    /// <summary>Your id of the end user.</summary>
    public string? User { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Texts.Count} texts";
}

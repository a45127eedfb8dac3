namespace AzOpenAI;

/// <summary>Texts to embed in one call. Null properties aren't sent, so that the service's defaults apply.</summary>
public sealed record EmbeddingRequest
{
    /// <summary>Maximum number of texts in one call.</summary>
    public const int MaxTexts = 2048;

    /// <summary>The texts, at least one and at most <see cref="MaxTexts"/>; none may be empty.</summary>
    public required IReadOnlyList<string> Texts { get; init => field = Indexable.Of(value); }

    /// <summary>Deployment (Azure) or model (OpenAI).</summary>
    public required string Deployment { get; init; }

    /// <summary>Number of dimensions, for models that support shortening.</summary>
    public int? Dimensions { get; init; }

    /// <summary>The purpose of the texts in a search, such as query, for models that support it.</summary>
    public string? InputType { get; init; }

    /// <summary>Your ID of the end user.</summary>
    public string? User { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Texts.Count} texts";
}

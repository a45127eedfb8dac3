namespace AzOpenAI.Core.DataPlane.Embeddings;

/// <summary>What became of one text of a batch: a vector or a failure.</summary>
/// <param name="Position">Position of the text in the request.</param>
public sealed record EmbeddingOutcome(int Position)
{
    /// <summary>The vector, null where the text was refused.</summary>
    public float[]? Vector { get; init; }

    /// <summary>The text's share of the tokens billed, null where the service did not tell.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>The answer that the vector came in.</summary>
    public EmbeddingAnswer? Answer { get; init; }

    /// <summary>Why the service refused the text.</summary>
    public AzOpenAIException? Failure { get; init; }
}

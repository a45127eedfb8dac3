namespace AzOpenAI.Core.DataPlane.Embeddings;

/// <summary>The result for one text of a batch: a vector or a failure.</summary>
/// <param name="Position">Position of the text in the request.</param>
public sealed record EmbeddingOutcome(int Position)
{
    /// <summary>The vector, null if the text was rejected.</summary>
    public float[]? Vector { get; init; }

    /// <summary>The text's share of the billed tokens, null if the service didn't report them.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>The response that contained the vector.</summary>
    public EmbeddingAnswer? Answer { get; init; }

    /// <summary>Why the service rejected the text.</summary>
    public AzOpenAIException? Failure { get; init; }
}

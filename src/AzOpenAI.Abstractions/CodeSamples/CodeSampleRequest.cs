namespace AzOpenAI;

/// <summary>What a code sample is to do, and where. A null property is left out of the sample.</summary>
public sealed record CodeSampleRequest
{
    /// <summary>Where and how to call. Its secrets never get into a sample: the sample reads them from the environment.</summary>
    public required Connection Connection { get; init; }

    /// <summary>Deployment (Azure) or model (OpenAI).</summary>
    public required string Deployment { get; init; }

    /// <summary>Scope of the Entra ID token, for connections that use one.</summary>
    public required string Scope { get; init; }

    /// <summary>What to do.</summary>
    public CodeSampleKind Kind { get; init; }

    /// <summary>The user's message, or the text to embed.</summary>
    public string Message { get; init; } = "Hello";

    /// <summary>The system message.</summary>
    public string? System { get; init; }

    /// <summary>True: the answer is printed as it comes.</summary>
    public bool Stream { get; init; }

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>Most tokens to answer with.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How much a reasoning model thinks, such as low.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Numbers in a vector.</summary>
    public int? Dimensions { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} with '{Deployment}'";
}

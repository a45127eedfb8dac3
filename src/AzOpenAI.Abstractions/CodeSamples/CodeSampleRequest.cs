namespace AzOpenAI;

/// <summary>The content of a code sample. Null properties are omitted from the sample.</summary>
public sealed record CodeSampleRequest
{
    /// <summary>The connection. Its secrets are never part of a sample: the sample reads them from the environment.</summary>
    public required Connection Connection { get; init; }

    /// <summary>Deployment (Azure) or model (OpenAI).</summary>
    public required string Deployment { get; init; }

    /// <summary>Scope of the Entra ID token, for connections that use one.</summary>
    public required string Scope { get; init; }

    /// <summary>The operation.</summary>
    public CodeSampleKind Kind { get; init; }

    /// <summary>The user's message, or the text to embed.</summary>
    public string Message { get; init; } = "Hello";

    /// <summary>The system message.</summary>
    public string? System { get; init; }

    /// <summary>True to print the response as it arrives.</summary>
    public bool Stream { get; init; }

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>Maximum number of output tokens.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Reasoning effort, such as low.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Number of dimensions of a vector.</summary>
    public int? Dimensions { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} with '{Deployment}'";
}

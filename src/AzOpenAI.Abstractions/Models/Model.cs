namespace AzOpenAI;

/// <summary>A version of a model in a region.</summary>
public sealed record Model
{
    /// <summary>Name, such as <c>gpt-5-mini</c>. Never a deployment name.</summary>
    public required string Name { get; init; }

    /// <summary>Version, such as <c>2025-08-07</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Publisher's format: OpenAI, Meta, Mistral AI and so on.</summary>
    public required string Format { get; init; }

    /// <summary>Kind of account that offers it: OpenAI or AIServices.</summary>
    public string? Kind { get; init; }

    /// <summary>Region, normalized: lower case, no spaces.</summary>
    public required string Location { get; init; }

    /// <summary>True for the default version of deployments without -Version.</summary>
    public bool IsDefaultVersion { get; init; }

    /// <summary>Stable, Preview, GenerallyAvailable, Deprecating, Deprecated or Legacy.</summary>
    public string? LifecycleStatus { get; init; }

    /// <summary>Retirement date, null if the service doesn't report it.</summary>
    public DateTimeOffset? RetirementDate { get; init; }

    /// <summary>Whole days until then, by the service's clock; negative after it.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>The SKUs for deploying it here. Empty if it is listed but can't be deployed.</summary>
    public IReadOnlyList<ModelSku> Skus { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Its capabilities as reported by the service: chatCompletion, embeddings, maxContextToken and so on.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; init => field = ShownDictionary<string>.Of(value); } = new ShownDictionary<string>();

    /// <summary>Context size in tokens, null if the service doesn't report it.</summary>
    public int? MaxContextTokens { get; init; }

    /// <summary>Maximum output tokens, null if the service doesn't report it.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>True if it can be deployed today, regardless of quota.</summary>
    public bool IsDeployable { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}

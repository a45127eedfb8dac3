namespace AzOpenAI;

/// <summary>One quota of a subscription in a region.</summary>
public sealed record Usage
{
    /// <summary>Name of the quota, such as <c>OpenAI.GlobalStandard.gpt-5-mini</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Region, normalised.</summary>
    public required string Location { get; init; }

    /// <summary>SKU of the deployments that draw from it; null where the catalogue of the region names none.</summary>
    public string? Sku { get; init; }

    /// <summary>Models whose deployments draw from it, in all their versions; empty where the catalogue of the region names none.</summary>
    public IReadOnlyList<string> Models { get; init => field = Indexable.Of(value); } = [];

    /// <summary>What one unit is: <c>1,000 tokens/min</c>, <c>requests/min</c>, <c>PTU</c>, <c>1,000 enqueued tokens</c> or <c>count</c>; null where it is not known.</summary>
    public string? Unit { get; init; }

    /// <summary>Units taken.</summary>
    public double Used { get; init; }

    /// <summary>Units granted.</summary>
    public double Limit { get; init; }

    /// <summary>Units free.</summary>
    public double Free => Math.Max(0, Limit - Used);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

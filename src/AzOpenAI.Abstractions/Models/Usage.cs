namespace AzOpenAI;

/// <summary>One quota of a subscription in a region.</summary>
public sealed record Usage
{
    /// <summary>Name of the quota, such as <c>OpenAI.GlobalStandard.gpt-5-mini</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Region, normalized.</summary>
    public required string Location { get; init; }

    /// <summary>SKU of the deployments that use it; null if it isn't in the region's catalog.</summary>
    public string? Sku { get; init; }

    /// <summary>Models whose deployments use it, in all versions; empty if it isn't in the region's catalog.</summary>
    public IReadOnlyList<string> Models { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The unit: <c>1,000 tokens/min</c>, <c>requests/min</c>, <c>PTU</c>, <c>1,000 enqueued tokens</c> or <c>count</c>; null if unknown.</summary>
    public string? Unit { get; init; }

    /// <summary>Units used.</summary>
    public double Used { get; init; }

    /// <summary>Limit, in units.</summary>
    public double Limit { get; init; }

    /// <summary>Units available.</summary>
    public double Free => Math.Max(0, Limit - Used);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

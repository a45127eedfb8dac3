namespace AzOpenAI;

/// <summary>Whether one region takes a deployment of a model, and why not.</summary>
public sealed record RegionAvailability
{
    /// <summary>Region, normalised: lower case, no spaces.</summary>
    public required string Location { get; init; }

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Model asked for, or null for the plain list of regions.</summary>
    public string? Model { get; init; }

    /// <summary>Version that would be deployed.</summary>
    public string? Version { get; init; }

    /// <summary>SKU that would be deployed.</summary>
    public string? Sku { get; init; }

    /// <summary>SKUs offered for the model here.</summary>
    public IReadOnlyList<string> Skus { get; init => field = Indexable.Of(value); } = [];

    /// <summary>True, false, or null where the service did not tell.</summary>
    public bool? Available { get; init; }

    /// <summary>Quota granted, in capacity units of the SKU.</summary>
    public double? QuotaLimit { get; init; }

    /// <summary>Quota taken.</summary>
    public double? QuotaUsed { get; init; }

    /// <summary>Quota free.</summary>
    public double? QuotaFree { get; init; }

    /// <summary>Stock in the region apart from quota, null where the service does not tell.</summary>
    public int? Stock { get; init; }

    /// <summary>Why not, or what is unknown; null where all is well.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Location;
}

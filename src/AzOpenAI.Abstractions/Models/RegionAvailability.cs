namespace AzOpenAI;

/// <summary>Whether a model can be deployed in a region, and why not.</summary>
public sealed record RegionAvailability
{
    /// <summary>Region, normalized: lower case, no spaces.</summary>
    public required string Location { get; init; }

    /// <summary>Its display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Requested model, or null for a plain list of regions.</summary>
    public string? Model { get; init; }

    /// <summary>Version that would be deployed.</summary>
    public string? Version { get; init; }

    /// <summary>SKU that would be deployed.</summary>
    public string? Sku { get; init; }

    /// <summary>SKUs offered for the model here.</summary>
    public IReadOnlyList<string> Skus { get; init => field = Indexable.Of(value); } = [];

    /// <summary>True or false, or null if the service didn't report it.</summary>
    public bool? Available { get; init; }

    /// <summary>Limit of the quota, in capacity units of the SKU.</summary>
    public double? QuotaLimit { get; init; }

    /// <summary>Used quota.</summary>
    public double? QuotaUsed { get; init; }

    /// <summary>Available quota.</summary>
    public double? QuotaFree { get; init; }

    /// <summary>Available capacity in the region, regardless of quota; null if the service doesn't report it.</summary>
    public int? Stock { get; init; }

    /// <summary>Why it isn't available, or what is unknown; otherwise null.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Location;
}

namespace AzOpenAI.Core.Management.Regions;

/// <summary>A search over regions.</summary>
public sealed record RegionQuery
{
    /// <summary>Model name; null to only list regions.</summary>
    public string? Model { get; init; }

    /// <summary>Model version; null for each region's default version.</summary>
    public string? Version { get; init; }

    /// <summary>SKU; null for the first that fits of Standard, DataZoneStandard, GlobalStandard.</summary>
    public string? Sku { get; init; }

    /// <summary>Required capacity; null for any.</summary>
    public int? Capacity { get; init; }

    /// <summary>Publisher's format; null for the one in which a region has the model.</summary>
    public string? Format { get; init; }

    /// <summary>Kind of account: OpenAI or AIServices.</summary>
    public string Kind { get; init; } = "OpenAI";

    /// <summary>Regions to search; null for all.</summary>
    public IReadOnlyList<string>? Locations { get; init; }
}

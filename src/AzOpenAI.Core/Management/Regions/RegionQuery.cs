namespace AzOpenAI.Core.Management.Regions;

/// <summary>What is looked for over the regions.</summary>
public sealed record RegionQuery
{
    /// <summary>Model name; null: the plain list of regions.</summary>
    public string? Model { get; init; }

    /// <summary>Model version; null: each region's default version.</summary>
    public string? Version { get; init; }

    /// <summary>SKU; null: the first that fits of Standard, DataZoneStandard, GlobalStandard.</summary>
    public string? Sku { get; init; }

    /// <summary>Capacity that has to fit; null: any.</summary>
    public int? Capacity { get; init; }

    /// <summary>Publisher's format; null: the one in which a region has the model.</summary>
    public string? Format { get; init; }

    /// <summary>Kind of account: OpenAI or AIServices.</summary>
    public string Kind { get; init; } = "OpenAI";

    /// <summary>Regions to look at; null: all.</summary>
    public IReadOnlyList<string>? Locations { get; init; }
}

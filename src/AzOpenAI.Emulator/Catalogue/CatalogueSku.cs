namespace AzOpenAI.Emulator.Catalogue;

/// <summary>A deployment SKU of a model and the regions that offer it.</summary>
internal sealed record CatalogueSku
{
    public required string Name { get; init; }

    public required string UsageName { get; init; }

    public required CatalogueCapacity Capacity { get; init; }

    public IReadOnlyList<CatalogueRateLimit> RateLimits { get; set; } = [];

    public DateOnly? DeprecationDate { get; init; }

    public IReadOnlyList<string> Regions { get; set; } = [];

    /// <summary>True if the SKU only supports fine-tuned models, so that no base model can be deployed.</summary>
    public bool FineTunedOnly { get; init; }

    public bool OfferedIn(string region) => Regions.Contains(region, StringComparer.Ordinal);
}

/// <summary>Capacity units of a SKU.</summary>
internal sealed record CatalogueCapacity
{
    public int? Minimum { get; init; }

    public int? Maximum { get; init; }

    public int? Step { get; init; }

    public int? Default { get; init; }
}

/// <summary>The rate limits of one capacity unit.</summary>
internal sealed record CatalogueRateLimit
{
    public required string Key { get; init; }

    /// <summary>Seconds.</summary>
    public double RenewalPeriod { get; init; }

    public double Count { get; init; }
}

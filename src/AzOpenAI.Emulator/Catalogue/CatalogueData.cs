namespace AzOpenAI.Emulator.Catalogue;

/// <summary>The file catalogue.json: all data about regions, models, SKUs and default quotas.</summary>
internal sealed record CatalogueData
{
    public required DateOnly AsOf { get; init; }

    public required DateOnly StatusesComputedFor { get; init; }

    public required IReadOnlyList<string> Kinds { get; init; }

    public required IReadOnlyList<CatalogueRegion> Regions { get; init; }

    public required IReadOnlyList<CatalogueModel> Models { get; init; }

    public required IReadOnlyList<QuotaDefault> QuotaDefaults { get; init; }
}

/// <summary>One Azure region.</summary>
internal sealed record CatalogueRegion
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public string? Geography { get; init; }

    /// <summary>Europe, US, Asia Pacific and so on.</summary>
    public string? GeographyGroup { get; init; }

    /// <summary>Degrees as a string, like in the service. Null if unknown.</summary>
    public string? Latitude { get; init; }

    /// <inheritdoc cref="Latitude"/>
    public string? Longitude { get; init; }

    /// <summary>False if the provider exists but doesn't offer Azure OpenAI.</summary>
    public bool Openai { get; init; }

    public string? DataZone { get; init; }
}

/// <summary>A quota row: limit in capacity units, and the scope that shares it.</summary>
internal sealed record QuotaDefault
{
    public required string UsageName { get; init; }

    public double Limit { get; init; }

    public string? LocalizedValue { get; init; }

    /// <summary>region, dataZone or subscription.</summary>
    public string? Scope { get; init; }
}

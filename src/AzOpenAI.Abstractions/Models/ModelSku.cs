namespace AzOpenAI;

/// <summary>A SKU for deploying a model in a region.</summary>
public sealed record ModelSku
{
    /// <summary>Standard, GlobalStandard, DataZoneStandard, ProvisionedManaged and so on, in the service's spelling.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its quota.</summary>
    public string? UsageName { get; init; }

    /// <summary>Valid capacities.</summary>
    public CapacityRange Capacity { get; init; } = new();

    /// <summary>Rate limits of one unit of capacity.</summary>
    public IReadOnlyList<RateLimit> RateLimits { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Date from which the SKU is rejected, or null.</summary>
    public DateTimeOffset? DeprecationDate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace AzOpenAI;

/// <summary>A way to deploy a model in a region.</summary>
public sealed record ModelSku
{
    /// <summary>Standard, GlobalStandard, DataZoneStandard, ProvisionedManaged and so on, as the service spells it.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the quota that it draws from.</summary>
    public string? UsageName { get; init; }

    /// <summary>Legal capacities.</summary>
    public CapacityRange Capacity { get; init; } = new();

    /// <summary>Rate limits of one unit of capacity.</summary>
    public IReadOnlyList<RateLimit> RateLimits { get; init => field = Indexable.Of(value); } = [];

    /// <summary>After this the SKU is refused, null where none is set.</summary>
    public DateTimeOffset? DeprecationDate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

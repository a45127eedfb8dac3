namespace AzOpenAI;

/// <summary>The capacities that a SKU accepts, in its own unit: thousands of tokens per minute, or provisioned throughput units.</summary>
public sealed record CapacityRange
{
    /// <summary>Smallest capacity.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>Largest capacity, null if the service doesn't report it.</summary>
    public int? Maximum { get; init; }

    /// <summary>Step between two valid capacities.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Default in the portal, null if the service doesn't report it.</summary>
    public int? Default { get; init; }

    /// <summary>The only valid values, if the service lists them.</summary>
    public IReadOnlyList<int> AllowedValues { get; init => field = Indexable.Of(value); } = [];

    /// <inheritdoc/>
    public override string ToString() =>
        AllowedValues.Count > 0 ? string.Join(", ", AllowedValues) : $"{Minimum}..{(Maximum is int maximum ? $"{maximum}" : "?")}{(Step > 1 ? $" step {Step}" : "")}";
}

namespace AzOpenAI;

/// <summary>The preflight of a deployment: what would be made, and everything that stands against it.</summary>
public sealed record DeploymentCheck
{
    /// <summary>True: nothing known stands against it.</summary>
    public bool Passed { get; init; }

    /// <summary>Region.</summary>
    public required string Location { get; init; }

    /// <summary>Name of the resource, or null for a check of a region.</summary>
    public string? ResourceName { get; init; }

    /// <summary>Name of the deployment.</summary>
    public string? Name { get; init; }

    /// <summary>Model name.</summary>
    public required string Model { get; init; }

    /// <summary>Publisher's format of the model, or null where the model is not offered.</summary>
    public string? Format { get; init; }

    /// <summary>Version that would be deployed.</summary>
    public string? Version { get; init; }

    /// <summary>SKU that would be deployed.</summary>
    public string? Sku { get; init; }

    /// <summary>Why this SKU was taken.</summary>
    public string? SkuReason { get; init; }

    /// <summary>Capacity that would be deployed.</summary>
    public int? Capacity { get; init; }

    /// <summary>Capacity that the workload needs; null where none was given, or where the service does not tell.</summary>
    public int? EstimatedCapacity { get; init; }

    /// <summary>Name of the quota.</summary>
    public string? UsageName { get; init; }

    /// <summary>Quota free, in capacity units; null where the service does not tell.</summary>
    public double? QuotaFree { get; init; }

    /// <summary>Quota granted.</summary>
    public double? QuotaLimit { get; init; }

    /// <summary>Stock in the region apart from quota, null where the service does not tell.</summary>
    public int? Stock { get; init; }

    /// <summary>When the model's inference ends.</summary>
    public DateTimeOffset? RetirementDate { get; init; }

    /// <summary>Everything that stands against it, all at once.</summary>
    public IReadOnlyList<DeploymentProblem> Problems { get; init => field = Indexable.Of(value); } = [];

    /// <inheritdoc/>
    public override string ToString() => Passed ? "passed" : string.Join(" ", Problems);
}

namespace AzOpenAI;

/// <summary>The preflight of a deployment: what would be created, and all problems.</summary>
public sealed record DeploymentCheck
{
    /// <summary>True if there is no known problem.</summary>
    public bool Passed { get; init; }

    /// <summary>Region.</summary>
    public required string Location { get; init; }

    /// <summary>Name of the resource, or null if a region was checked.</summary>
    public string? ResourceName { get; init; }

    /// <summary>Name of the deployment.</summary>
    public string? Name { get; init; }

    /// <summary>Model name.</summary>
    public required string Model { get; init; }

    /// <summary>Publisher's format of the model, or null if the model isn't offered.</summary>
    public string? Format { get; init; }

    /// <summary>Version that would be deployed.</summary>
    public string? Version { get; init; }

    /// <summary>SKU that would be deployed.</summary>
    public string? Sku { get; init; }

    /// <summary>Why this SKU was chosen.</summary>
    public string? SkuReason { get; init; }

    /// <summary>Capacity that would be deployed.</summary>
    public int? Capacity { get; init; }

    /// <summary>Capacity that the workload needs; null if there is none, or if the service doesn't report it.</summary>
    public int? EstimatedCapacity { get; init; }

    /// <summary>Name of the quota.</summary>
    public string? UsageName { get; init; }

    /// <summary>Available quota, in capacity units; null if the service doesn't report it.</summary>
    public double? QuotaFree { get; init; }

    /// <summary>Limit of the quota.</summary>
    public double? QuotaLimit { get; init; }

    /// <summary>Available capacity in the region, regardless of quota; null if the service doesn't report it.</summary>
    public int? Stock { get; init; }

    /// <summary>Retirement date of the model.</summary>
    public DateTimeOffset? RetirementDate { get; init; }

    /// <summary>All problems.</summary>
    public IReadOnlyList<DeploymentProblem> Problems { get; init => field = Indexable.Of(value); } = [];

    /// <inheritdoc/>
    public override string ToString() => Passed ? "passed" : string.Join(" ", Problems);
}

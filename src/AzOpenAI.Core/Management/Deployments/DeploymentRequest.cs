namespace AzOpenAI.Core.Management.Deployments;

/// <summary>The deployment that is wanted. A property left null is not asked for: chosen on a create, never drift.</summary>
public sealed record DeploymentRequest
{
    /// <summary>The resource that gets it.</summary>
    public required Resource Resource { get; init; }

    /// <summary>Name of the deployment; null: the model's name.</summary>
    public string? Name { get; init; }

    /// <summary>Model name.</summary>
    public required string Model { get; init; }

    /// <summary>Model version; null: the region's default version.</summary>
    public string? Version { get; init; }

    /// <summary>Publisher's format; null: the one in which the resource has the model, or without a check OpenAI.</summary>
    public string? Format { get; init; }

    /// <summary>SKU; null: the first of Standard, DataZoneStandard, GlobalStandard that is offered and has room.</summary>
    public string? Sku { get; init; }

    /// <summary>Capacity in the SKU's unit; null: the SKU's default within the free quota.</summary>
    public int? Capacity { get; init; }

    /// <summary>OnceNewDefaultVersionAvailable, OnceCurrentVersionExpired or NoAutoUpgrade.</summary>
    public string? VersionUpgrade { get; init; }

    /// <summary>Name of the content filter.</summary>
    public string? ContentFilter { get; init; }

    /// <summary>Deployment that takes the overflow; empty: none any more.</summary>
    public string? Spillover { get; init; }

    /// <summary>An existing deployment is brought in line instead of refused.</summary>
    public bool Ensure { get; init; }

    /// <summary>Asks nothing beforehand; needs version, SKU and capacity only where the service has no default.</summary>
    public bool SkipCheck { get; init; }

    /// <summary>Returns as soon as the service accepted the request.</summary>
    public bool NoWait { get; init; }
}

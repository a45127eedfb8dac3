namespace AzOpenAI.Core.Management.Deployments;

/// <summary>The desired deployment. Properties that are null aren't requested: a create chooses them, and they never count as drift.</summary>
public sealed record DeploymentRequest
{
    /// <summary>The resource for the deployment.</summary>
    public required Resource Resource { get; init; }

    /// <summary>Name of the deployment; null for the model's name.</summary>
    public string? Name { get; init; }

    /// <summary>Model name.</summary>
    public required string Model { get; init; }

    /// <summary>Model version; null for the region's default version.</summary>
    public string? Version { get; init; }

    /// <summary>Publisher's format; null for the one in which the resource has the model, or for OpenAI if the check is skipped.</summary>
    public string? Format { get; init; }

    /// <summary>SKU; null for the first of Standard, DataZoneStandard, GlobalStandard that is offered and has enough quota and capacity.</summary>
    public string? Sku { get; init; }

    /// <summary>Capacity in the SKU's unit; null for the SKU's default within the available quota.</summary>
    public int? Capacity { get; init; }

    /// <summary>OnceNewDefaultVersionAvailable, OnceCurrentVersionExpired or NoAutoUpgrade.</summary>
    public string? VersionUpgrade { get; init; }

    /// <summary>Name of the content filter.</summary>
    public string? ContentFilter { get; init; }

    /// <summary>Spillover deployment; empty to remove it.</summary>
    public string? Spillover { get; init; }

    /// <summary>True to update an existing deployment instead of failing.</summary>
    public bool Ensure { get; init; }

    /// <summary>Skips the checks; requires version, SKU and capacity only if the service has no default.</summary>
    public bool SkipCheck { get; init; }

    /// <summary>True to return when the service has accepted the request.</summary>
    public bool NoWait { get; init; }
}

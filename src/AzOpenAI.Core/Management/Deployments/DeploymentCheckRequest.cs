using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>The deployment to check, on a resource or in a region.</summary>
public sealed record DeploymentCheckRequest
{
    /// <summary>The resource; or null with <see cref="Location"/>.</summary>
    public Resource? Resource { get; init; }

    /// <summary>The region, for a check without a resource.</summary>
    public string? Location { get; init; }

    /// <summary>Model name.</summary>
    public required string Model { get; init; }

    /// <summary>Model version; null for the region's default version.</summary>
    public string? Version { get; init; }

    /// <summary>SKU; null for the first that fits.</summary>
    public string? Sku { get; init; }

    /// <summary>Capacity; null for the SKU's default within the available quota.</summary>
    public int? Capacity { get; init; }

    /// <summary>The expected load, or null. Determines the capacity if none is specified.</summary>
    public Workload? Workload { get; init; }

    /// <summary>Name of the deployment; null for the model's name.</summary>
    public string? Name { get; init; }

    /// <summary>Publisher's format; null for the one in which the catalog has the model.</summary>
    public string? Format { get; init; }

    /// <summary>Kind of account, for a check without a resource; null for OpenAI.</summary>
    public string? Kind { get; init; }

    /// <summary>Name of its content filter; null if none is requested. Only with a resource.</summary>
    public string? ContentFilter { get; init; }

    /// <summary>Name of its spillover deployment; null or empty if none is requested. Only with a resource.</summary>
    public string? Spillover { get; init; }
}

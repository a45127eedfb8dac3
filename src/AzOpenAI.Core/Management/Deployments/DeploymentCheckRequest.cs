using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>The deployment whose chances are asked for: on a resource, or in a region.</summary>
public sealed record DeploymentCheckRequest
{
    /// <summary>The resource; or null with <see cref="Location"/>.</summary>
    public Resource? Resource { get; init; }

    /// <summary>The region, for a check without a resource.</summary>
    public string? Location { get; init; }

    /// <summary>Model name.</summary>
    public required string Model { get; init; }

    /// <summary>Model version; null: the region's default version.</summary>
    public string? Version { get; init; }

    /// <summary>SKU; null: the first that fits.</summary>
    public string? Sku { get; init; }

    /// <summary>Capacity; null: the SKU's default within the free quota.</summary>
    public int? Capacity { get; init; }

    /// <summary>What the deployment has to carry, or null. Without a capacity asked for, it decides the capacity.</summary>
    public Workload? Workload { get; init; }

    /// <summary>Name of the deployment; null: the model's name.</summary>
    public string? Name { get; init; }

    /// <summary>Publisher's format; null: the one in which the catalogue has the model.</summary>
    public string? Format { get; init; }

    /// <summary>Kind of account, for a check without a resource; null: OpenAI.</summary>
    public string? Kind { get; init; }

    /// <summary>Name of the content filter it is to use; null: none is asked for. Only with a resource.</summary>
    public string? ContentFilter { get; init; }

    /// <summary>Name of the deployment that is to take the overflow; null or empty: none is asked for. Only with a resource.</summary>
    public string? Spillover { get; init; }
}

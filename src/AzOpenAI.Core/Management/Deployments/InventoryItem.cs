namespace AzOpenAI.Core.Management.Deployments;

/// <summary>A part of an inventory: deployments of one resource, or why they can't be read.</summary>
public sealed record InventoryItem
{
    /// <summary>The resource.</summary>
    public required Resource Resource { get; init; }

    /// <summary>Its deployments, or a page of them, in the service's order.</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];

    /// <summary>Why the resource's deployments, or the remaining ones, are missing; or null.</summary>
    public AzOpenAIException? Failure { get; init; }
}

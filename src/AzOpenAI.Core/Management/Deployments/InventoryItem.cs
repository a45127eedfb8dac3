namespace AzOpenAI.Core.Management.Deployments;

/// <summary>A part of an inventory: some deployments of one resource, or why they cannot be read.</summary>
public sealed record InventoryItem
{
    /// <summary>The resource.</summary>
    public required Resource Resource { get; init; }

    /// <summary>Its deployments, or a page of them, in the service's order.</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];

    /// <summary>Why the resource's deployments, or the rest of them, are missing; null where they are not.</summary>
    public AzOpenAIException? Failure { get; init; }
}

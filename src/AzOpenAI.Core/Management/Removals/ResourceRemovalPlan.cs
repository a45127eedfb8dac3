using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Removals;

/// <summary>The changes that removing a resource requires.</summary>
public sealed record ResourceRemovalPlan
{
    internal ResourceRemovalPlan(Resource resource, bool purge)
    {
        Resource = resource;
        Purge = purge;
    }

    /// <summary>The resource.</summary>
    public Resource Resource { get; }

    /// <summary>True to also purge it, so that name and subdomain are free immediately and nothing can be restored.</summary>
    public bool Purge { get; }

    /// <summary>Deployments that are removed first.</summary>
    public IReadOnlyList<Deployment> Deployments { get; internal init; } = [];

    /// <summary>The changes in order.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];
}

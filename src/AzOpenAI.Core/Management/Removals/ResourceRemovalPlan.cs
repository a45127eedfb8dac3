using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Removals;

/// <summary>What removing a resource would take along.</summary>
public sealed record ResourceRemovalPlan
{
    internal ResourceRemovalPlan(Resource resource, bool purge)
    {
        Resource = resource;
        Purge = purge;
    }

    /// <summary>The resource.</summary>
    public Resource Resource { get; }

    /// <summary>True: also purged, so that name and subdomain are free at once and nothing can be restored.</summary>
    public bool Purge { get; }

    /// <summary>Deployments that go along, removed first.</summary>
    public IReadOnlyList<Deployment> Deployments { get; internal init; } = [];

    /// <summary>The changes in order.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];
}

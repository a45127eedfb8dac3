using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Access;

/// <summary>What a grant would change.</summary>
public sealed record AccessPlan
{
    internal AccessPlan(Resource resource, AccessRequest request, AccessRole role)
    {
        Resource = resource;
        Request = request;
        Role = role;
    }

    /// <summary>The resource.</summary>
    public Resource Resource { get; }

    /// <summary>What was asked for.</summary>
    public AccessRequest Request { get; }

    /// <summary>The changes; empty: the principal has the role already.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];

    /// <summary>The assignment that is there, or null.</summary>
    public ResourceAccess? Existing { get; internal init; }

    internal AccessRole Role { get; }
}

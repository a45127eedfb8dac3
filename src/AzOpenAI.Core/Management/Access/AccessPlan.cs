using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Access;

/// <summary>The changes that a role assignment requires.</summary>
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

    /// <summary>The request.</summary>
    public AccessRequest Request { get; }

    /// <summary>The changes; empty if the principal already has the role.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];

    /// <summary>The existing assignment, or null.</summary>
    public ResourceAccess? Existing { get; internal init; }

    internal AccessRole Role { get; }
}

namespace AzOpenAI;

/// <summary>A role that a principal has on a resource: a role assignment, made at the resource or above it.</summary>
public sealed record ResourceAccess
{
    /// <summary>Azure Resource Manager id of the role assignment.</summary>
    public required string Id { get; init; }

    /// <summary>Azure Resource Manager id of the resource that was asked about.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Name of that resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group of that resource.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription id of that resource, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Name of the role; its GUID where the definition cannot be read.</summary>
    public required string Role { get; init; }

    /// <summary>Azure Resource Manager id of the role definition.</summary>
    public required string RoleDefinitionId { get; init; }

    /// <summary>Object id of the principal, a GUID.</summary>
    public required string PrincipalId { get; init; }

    /// <summary>User, Group, ServicePrincipal (managed identities too), ForeignGroup, Device, AgentUser or AgentServicePrincipal.</summary>
    public string? PrincipalType { get; init; }

    /// <summary>How the role opens the data plane.</summary>
    public AccessRoute Route { get; init; }

    /// <summary>Where the role was assigned: id of the resource, its group, subscription or management group.</summary>
    public required string Scope { get; init; }

    /// <summary>True: assigned above the resource, and valid for more than it.</summary>
    public bool Inherited { get; init; }

    /// <summary>Condition that limits the assignment, in the service's language.</summary>
    public string? Condition { get; init; }

    /// <summary>Description of the assignment.</summary>
    public string? Description { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>After a grant: whether the call wrote anything.</summary>
    public bool? Changed { get; init; }

    /// <summary>The answer of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Role}: {PrincipalId}";
}

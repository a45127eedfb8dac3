namespace AzOpenAI;

/// <summary>A role assignment of a principal for a resource, at the resource or above it.</summary>
public sealed record ResourceAccess
{
    /// <summary>Azure Resource Manager ID of the role assignment.</summary>
    public required string Id { get; init; }

    /// <summary>Azure Resource Manager ID of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group of the resource.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription ID of the resource, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Name of the role; its GUID if the definition can't be read.</summary>
    public required string Role { get; init; }

    /// <summary>Azure Resource Manager ID of the role definition.</summary>
    public required string RoleDefinitionId { get; init; }

    /// <summary>Object ID of the principal, a GUID.</summary>
    public required string PrincipalId { get; init; }

    /// <summary>User, Group, ServicePrincipal (managed identities too), ForeignGroup, Device, AgentUser or AgentServicePrincipal.</summary>
    public string? PrincipalType { get; init; }

    /// <summary>How the role grants access to the data plane.</summary>
    public AccessRoute Route { get; init; }

    /// <summary>Scope of the assignment: ID of the resource, its group, subscription or management group.</summary>
    public required string Scope { get; init; }

    /// <summary>True if it is assigned above the resource.</summary>
    public bool Inherited { get; init; }

    /// <summary>Condition of the assignment, in the service's syntax.</summary>
    public string? Condition { get; init; }

    /// <summary>Description of the assignment.</summary>
    public string? Description { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>After granting access: whether the call changed anything.</summary>
    public bool? Changed { get; init; }

    /// <summary>The response of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Role}: {PrincipalId}";
}

namespace AzOpenAI.Emulator.State;

/// <summary>A role of a principal at a scope and below.</summary>
internal sealed class RoleAssignmentState
{
    /// <summary>A GUID chosen by the client.</summary>
    public required string Name { get; init; }

    /// <summary>ID of the subscription, the group or the account.</summary>
    public required string Scope { get; init; }

    /// <summary>GUID of the role.</summary>
    public required string Role { get; init; }

    public required string PrincipalId { get; init; }

    public required string PrincipalType { get; init; }

    public string? Description { get; set; }

    public string? Condition { get; set; }

    public string? ConditionVersion { get; set; }

    public required DateTimeOffset CreatedOn { get; init; }

    public required DateTimeOffset UpdatedOn { get; set; }

    public bool IsSame(RoleAssignmentState other) =>
        Scope.Equals(other.Scope, StringComparison.OrdinalIgnoreCase)
        && Role.Equals(other.Role, StringComparison.OrdinalIgnoreCase)
        && PrincipalId.Equals(other.PrincipalId, StringComparison.OrdinalIgnoreCase);

    /// <summary>True if it applies to the scope: it was created there or above.</summary>
    public bool HoldsAt(string scope) => IsAtOrBelow(scope, Scope);

    /// <summary>True if a scope is the same as another one or within it.</summary>
    public static bool IsAtOrBelow(string scope, string above) =>
        scope.StartsWith(above, StringComparison.OrdinalIgnoreCase) && (scope.Length == above.Length || scope[above.Length] == '/');
}

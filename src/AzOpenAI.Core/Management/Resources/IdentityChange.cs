namespace AzOpenAI.Core.Management.Resources;

/// <summary>The desired managed identities of a resource. Null properties aren't requested.</summary>
/// <param name="Type">None, SystemAssigned, UserAssigned or both.</param>
/// <param name="Users">Complete list of the IDs of the user-assigned ones.</param>
internal sealed record IdentityChange(string? Type, HashSet<string>? Users)
{
    private const string System = "SystemAssigned";
    private const string User = "UserAssigned";

    /// <summary>Completes the request from the existing identities: IDs alone keep a system-assigned identity, and a type without UserAssigned has no IDs.</summary>
    public static IdentityChange Of(ResourceRequest request, Resource? live)
    {
        HashSet<string>? users = request.UserAssignedIdentity is null ? null : new HashSet<string>(request.UserAssignedIdentity, StringComparer.OrdinalIgnoreCase);
        string? type = request.IdentityType;
        if (type is null && users is not null)
        {
            bool system = live?.IdentityType.Contains(System, StringComparison.OrdinalIgnoreCase) == true;
            type = (system, users.Count > 0) switch { (true, true) => $"{System}, {User}", (true, false) => System, (false, true) => User, _ => "None" };
        }
        else if (type is not null && users is null && !type.Contains(User, StringComparison.OrdinalIgnoreCase))
        {
            users = [];
        }

        return new IdentityChange(type, users);
    }

    /// <summary>The body of a create or an update.</summary>
    public AccountIdentityDto? ToBody(Resource? live)
    {
        if (Type is null)
            return null;
        var users = new Dictionary<string, UserIdentityDto?>(StringComparer.OrdinalIgnoreCase);
        if (Type.Contains(User, StringComparison.OrdinalIgnoreCase))
        {
            foreach (string id in Users ?? [])
                users[id] = new UserIdentityDto();
            // Null removes an identity in other resource types; unverified for accounts.
            foreach (string id in Users is null ? [] : live?.UserAssignedIdentity ?? [])
                users.TryAdd(id, null);
        }

        return new AccountIdentityDto(Type) { UserAssignedIdentities = users.Count == 0 ? null : users };
    }
}

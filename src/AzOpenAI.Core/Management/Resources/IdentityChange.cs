namespace AzOpenAI.Core.Management.Resources;

/// <summary>The managed identities that a resource is to have. What is null is not asked for.</summary>
/// <param name="Type">None, SystemAssigned, UserAssigned or both.</param>
/// <param name="Users">Ids of the user-assigned ones, all of them.</param>
internal sealed record IdentityChange(string? Type, HashSet<string>? Users)
{
    private const string System = "SystemAssigned";
    private const string User = "UserAssigned";

    /// <summary>The wish, completed by what there is: ids alone keep a system-assigned identity, and a type without UserAssigned has no ids.</summary>
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
            // That null takes one away holds for other resource types; for accounts it is unverified.
            foreach (string id in Users is null ? [] : live?.UserAssignedIdentity ?? [])
                users.TryAdd(id, null);
        }

        return new AccountIdentityDto(Type) { UserAssignedIdentities = users.Count == 0 ? null : users };
    }
}

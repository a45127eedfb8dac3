using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Management.Access;

/// <summary>Access to a resource: role assignments at the resource and above it.</summary>
public sealed class AccessOperations
{
    private readonly ManagementClient _client;

    internal AccessOperations(ManagementClient client) => _client = client;

    /// <summary>Names of roles, short ones first.</summary>
    public static IReadOnlyList<string> RoleNames { get; } = AccessRole.Names;

    /// <summary>Lists the assignments at the resource and above it that grant access to its data plane, and those for which this is unknown.</summary>
    /// <param name="resource">The resource. If its keys are disabled, a role that reads keys doesn't grant access.</param>
    /// <param name="role">Only this role, with data access or not: short name, name, GUID or ID; null for all.</param>
    /// <param name="principalId">Only this principal; null for all. Group memberships aren't resolved.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="AzOpenAIException">RoleUnknown, PrincipalIdInvalid, ResourceNotFound, PermissionDenied.</exception>
    public async Task<IReadOnlyList<ResourceAccess>> ListAsync(Resource resource, string? role, string? principalId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        AccessRole? wanted = role is null ? null : AccessRole.Parse(role);
        if (principalId is not null)
            principalId = CheckPrincipal(principalId);
        return [.. (await ReadAsync(resource, cancellationToken).ConfigureAwait(false)).Where(a =>
            (wanted is null ? a.Route != AccessRoute.None : wanted.Is(a.RoleDefinitionId))
            && (principalId is null || a.PrincipalId.Equals(principalId, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>Returns the role assignment with an ID, as it applies to the resource in whose scope it was created.</summary>
    /// <exception cref="AzOpenAIException">AccessIdInvalid: its scope isn't a resource.</exception>
    public async Task<ResourceAccess?> FindByIdAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArmId known = ArmId.Parse(id, ArmIdKind.RoleAssignment, nameof(Messages.AccessIdInvalid));
        ArmId? scope = ArmId.TryParse(known.ParentId!, out _);
        if (scope is not { Kind: ArmIdKind.Resource })
            throw Failure.Of(nameof(Messages.AccessIdInvalid), ErrorKind.InvalidInput, id, $"it was assigned at {scope?.Describe() ?? "another scope"}");
        Resource resource = await _client.Resources.GetByIdAsync(scope.Text, cancellationToken).ConfigureAwait(false);
        ManagementClient own = _client.For(resource.SubscriptionId);
        return (await own.Access.ReadAsync(resource, cancellationToken).ConfigureAwait(false)).FirstOrDefault(a => a.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Removes an assignment.</summary>
    /// <returns>False if it didn't exist any more.</returns>
    /// <exception cref="AzOpenAIException">AccessInherited: its scope is above the resource.</exception>
    public async Task<bool> RevokeAsync(ResourceAccess access, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        if (access.Inherited)
            throw Inherited(access);
        string path = ArmPath.RoleAssignment(
            ArmPath.Account(access.SubscriptionId, access.ResourceGroupName, access.ResourceName), access.Id[(access.Id.LastIndexOf('/') + 1)..]);
        ArmRequest request = ArmRequest.Delete(path, ArmApiVersions.Authorization) with { Activity = $"Revoking access to '{access.ResourceName}'" };
        ArmResponse response = await _client.Arm.TrySendAsync(request, null, cancellationToken).ConfigureAwait(false);
        if (response.Status is 204 or 404)
            return false;
        return response.IsSuccess ? true : throw ArmErrors.FromAnswer(response, _client.Context);
    }

    /// <summary>Creates the failure for removing at a resource what was assigned above it.</summary>
    public static AzOpenAIException Inherited(ResourceAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        return Failure.Of(nameof(Messages.AccessInherited), ErrorKind.InvalidInput, access.Role, access.PrincipalId, access.Scope, access.ResourceName);
    }

    internal static string CheckPrincipal(string principalId) => Guid.TryParse(principalId, out Guid id)
        ? id.ToString()
        : throw Failure.Of(nameof(Messages.PrincipalIdInvalid), ErrorKind.InvalidInput, principalId);

    /// <summary>All assignments at the resource and above it, with names and data access.</summary>
    internal async Task<IReadOnlyList<ResourceAccess>> ReadAsync(Resource resource, CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.RoleAssignments(ArmPath.Account(resource)), ArmApiVersions.Authorization) with { Query = "$filter=atScope()" };
        var found = new List<ResourceAccess>();
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            found.Add(Map(response, item, resource));

        var roles = new RoleCatalogue(_client);
        await roles.ReadAsync(found.Select(a => AccessRole.GuidOf(a.RoleDefinitionId)), cancellationToken).ConfigureAwait(false);
        return [.. found.Select(a =>
        {
            (string name, AccessRoute route) = roles[AccessRole.GuidOf(a.RoleDefinitionId)];
            return a with { Role = name, Route = resource.LocalAuthDisabled ? route & ~AccessRoute.Keys : route };
        })];
    }

    internal static ResourceAccess Map(ArmResponse response, JsonElement item, Resource resource)
    {
        RoleAssignmentDto dto = response.Read(item, AccessJson.Default.RoleAssignmentDto);
        RoleAssignmentPropertiesDto properties = response.Require(dto.Properties, "properties");
        string definition = response.Require(properties.RoleDefinitionId, "roleDefinitionId");
        string scope = response.Require(properties.Scope, "scope");
        return new ResourceAccess
        {
            Id = response.Require(dto.Id, "id"),
            ResourceId = resource.Id,
            ResourceName = resource.Name,
            ResourceGroupName = resource.ResourceGroupName,
            SubscriptionId = resource.SubscriptionId,
            Role = AccessRole.GuidOf(definition),
            RoleDefinitionId = definition,
            PrincipalId = response.Require(properties.PrincipalId, "principalId"),
            PrincipalType = properties.PrincipalType,
            Scope = scope,
            Inherited = !scope.TrimEnd('/').Equals(resource.Id, StringComparison.OrdinalIgnoreCase),
            Condition = properties.Condition,
            Description = properties.Description,
            CreatedAt = ResourceMapper.Date(properties.CreatedOn),
            Raw = item.GetRawText(),
        };
    }
}

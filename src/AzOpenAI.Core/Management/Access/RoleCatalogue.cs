using System.Collections.Concurrent;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Access;

/// <summary>Role definitions, each read only once.</summary>
internal sealed class RoleCatalogue(ManagementClient client)
{
    private const int Parallelism = 8;

    private readonly ConcurrentDictionary<string, (string Name, AccessRoute Route)> _roles = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Name and data access of a role that was read.</summary>
    public (string Name, AccessRoute Route) this[string guid] => _roles.TryGetValue(guid, out (string, AccessRoute) role) ? role : (guid, AccessRoute.Unknown);

    public async Task ReadAsync(IEnumerable<string> guids, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            guids.Where(g => !_roles.ContainsKey(g)).Distinct(StringComparer.OrdinalIgnoreCase),
            options,
            async (guid, ct) => await ReadAsync(guid, ct).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task ReadAsync(string guid, CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.RoleDefinition(client.SubscriptionId, guid), ArmApiVersions.Authorization);
        ArmResponse response = await client.Arm.TrySendAsync(request, null, cancellationToken).ConfigureAwait(false);
        if (response.Status is 400 or 403 or 404)
        {
            client.Options.Reporter.Verbose($"Can't read the permissions of role {guid}. {ArmErrors.FromAnswer(response, client.Context).Message}");
            return;
        }

        if (!response.IsSuccess)
            throw ArmErrors.FromAnswer(response, client.Context);
        RoleDefinitionPropertiesDto properties = response.Require(response.Read(AccessJson.Default.RoleDefinitionDto).Properties, "properties");
        _roles[guid] = (properties.RoleName ?? guid, properties.Permissions is null ? AccessRoute.Unknown : RolePermissions.Route(properties.Permissions));
    }
}

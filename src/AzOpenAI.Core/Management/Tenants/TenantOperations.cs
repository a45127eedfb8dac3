using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Tenants;

/// <summary>Tenants that the credential can sign in to.</summary>
internal sealed class TenantOperations(ManagementClient client)
{
    private const int MaxShown = 10;

    /// <summary>Returns the ID of the tenant with that ID, domain or display name.</summary>
    /// <exception cref="AzOpenAIException">TenantUnknown, TenantAmbiguous with the IDs.</exception>
    public async Task<string> ResolveAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var all = new List<TenantDto>();
        await foreach ((ArmResponse response, JsonElement item) in client.Arm.ListAsync(ArmRequest.Get("tenants", ArmApiVersions.Subscriptions), cancellationToken)
            .ConfigureAwait(false))
        {
            TenantDto tenant = response.Read(item, TenantJson.Default.TenantDto);
            response.Require(tenant.TenantId, "tenantId");
            all.Add(tenant);
        }

        TenantDto[] matches = [.. all.Where(tenant => tenant.Is(nameOrId))];
        return matches.Length switch
        {
            1 => matches[0].TenantId!,
            0 => throw Failure.Of(nameof(Messages.TenantUnknown), ErrorKind.NotFound, nameOrId, Show(all)),
            _ => throw Failure.Of(nameof(Messages.TenantAmbiguous), ErrorKind.InvalidInput, nameOrId, matches.Length, Show(matches)),
        };
    }

    private static string Show(IReadOnlyCollection<TenantDto> tenants)
    {
        if (tenants.Count == 0)
            return "none";
        string shown = string.Join(", ", tenants.Take(MaxShown).Select(t => $"'{t.DisplayName ?? t.DefaultDomain ?? t.TenantId}' ({t.TenantId})"));
        return tenants.Count > MaxShown ? $"{shown} and {tenants.Count - MaxShown} more" : shown;
    }
}

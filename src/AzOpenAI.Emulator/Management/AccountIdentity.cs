using System.Text.Json.Nodes;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>The managed identities of an account.</summary>
internal static class AccountIdentity
{
    private const string UserAssigned = "userAssignedIdentities";

    /// <summary>The identity after a write: principal IDs are created for new identities and kept for others.</summary>
    /// <param name="sent">The client's request, or null.</param>
    /// <param name="before">The previous identity.</param>
    /// <param name="replace">False to keep other user-assigned identities, with null removing one. Unverified: as in other resource types.</param>
    public static JsonObject? Of(JsonObject? sent, JsonObject? before, bool replace)
    {
        if (sent is null)
        {
            return null;
        }

        string type = ArmRequest.Text(sent["type"]) ?? "None";
        JsonObject identity = new() { ["type"] = type };
        if (type.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase))
        {
            identity["principalId"] = before?["principalId"]?.DeepClone() ?? Guid.NewGuid().ToString();
            identity["tenantId"] = AzureState.TenantId;
        }

        if (type.Contains("UserAssigned", StringComparison.OrdinalIgnoreCase))
        {
            identity[UserAssigned] = Users(sent[UserAssigned] as JsonObject ?? [], before?[UserAssigned] as JsonObject ?? [], replace);
        }

        return identity;
    }

    private static JsonObject Users(JsonObject sent, JsonObject before, bool replace)
    {
        JsonObject users = replace ? [] : (JsonObject)before.DeepClone();
        foreach ((string id, JsonNode? value) in sent)
        {
            if (value is null)
            {
                users.Remove(id);
            }
            else
            {
                users[id] = before[id]?.DeepClone() ?? new JsonObject { ["principalId"] = Guid.NewGuid().ToString(), ["clientId"] = Guid.NewGuid().ToString() };
            }
        }

        return users;
    }
}

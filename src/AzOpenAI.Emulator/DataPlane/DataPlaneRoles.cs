using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Management;
using AzOpenAI.Emulator.Management.Authorization;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Checks whether the token's principal has a role with a data action. Only if enabled in the settings.</summary>
internal static class DataPlaneRoles
{
    public static bool Allow(DataPlaneRequest request, string token, string action)
    {
        string principal = ObjectId(token);
        lock (request.Subscription.Gate)
        {
            return request.Subscription.RoleAssignments.Any(a =>
                a.PrincipalId.Equals(principal, StringComparison.OrdinalIgnoreCase)
                && a.HoldsAt(request.Account.Id)
                && BuiltInRoles.Find(a.Role)?.AllowsData(action) is true);
        }
    }

    /// <summary>The dummy token is one user; other tokens are identified by their oid claim.</summary>
    private static string ObjectId(string token)
    {
        if (token == EmulatorHost.DummyToken)
        {
            return AzureState.ObjectId;
        }

        try
        {
            JsonNode? claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
            return ArmRequest.Text((claims as JsonObject)?["oid"]) ?? "";
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return "";
        }
    }
}

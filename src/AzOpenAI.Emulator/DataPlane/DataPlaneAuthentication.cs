using System.Net;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Faults;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Checks network rules, keys and tokens of a resource.</summary>
internal static class DataPlaneAuthentication
{
    public static void Check(DataPlaneRequest request)
    {
        AccountState account = request.Account;
        CheckNetwork(account);
        string? key = request.Exchange.Header("api-key");
        if (request.Fronted)
        {
            // The front end has the resource's permissions; it requires a subscription key, for which the resource's own keys are used.
            key = request.Exchange.Header("Ocp-Apim-Subscription-Key") ?? request.Exchange.Query("subscription-key") ?? key;
            if (string.IsNullOrEmpty(key))
            {
                throw DataPlaneErrors.MissingSubscriptionKey();
            }
        }

        bool bearer = BearerToken.TryRead(request.Exchange.Header("Authorization"), out string token);
        if (!string.IsNullOrEmpty(key))
        {
            CheckKey(request, key);
        }
        else if (!bearer)
        {
            throw DataPlaneErrors.InvalidToken();
        }
        else if (BearerToken.IsEntra(token))
        {
            // An Entra token requires a custom subdomain: the regional host can't map the token to a resource.
            if (request.Regional || account.Subdomain is null)
            {
                throw DataPlaneErrors.InvalidToken();
            }

            const string action = "Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action";
            if (request.Emulation.Faults.Take(request.Exchange.Target(action), FaultKind.Deny) is not null)
            {
                request.Exchange.Entry.Fault = FaultKind.Deny;
                throw DataPlaneErrors.PermissionDenied();
            }

            if (request.Emulation.Settings.DataRoles && !DataPlaneRoles.Allow(request, token, action))
            {
                throw DataPlaneErrors.PermissionDenied();
            }
        }
        else if (request.IsOpenAI)
        {
            _ = account.IsKey(token, request.Emulation.Clock.Uptime) ? true : throw OpenAIErrors.InvalidKey(token);
        }
        else if (request.IsV1)
        {
            // Only the v1 routes accept a key as a bearer token.
            CheckKey(request, token);
        }
        else
        {
            throw DataPlaneErrors.InvalidToken();
        }
    }

    private static void CheckKey(DataPlaneRequest request, string key)
    {
        AccountState account = request.Account;
        if (account.KeysDisabled)
        {
            throw DataPlaneErrors.KeysDisabled();
        }

        if (!account.IsKey(key, request.Emulation.Clock.Uptime))
        {
            throw DataPlaneErrors.InvalidKey();
        }
    }

    private static void CheckNetwork(AccountState account)
    {
        if (account.PublicAccessDisabled)
        {
            throw DataPlaneErrors.PublicAccessDisabled();
        }

        if (account.Properties["networkAcls"] is JsonObject acls && Text(acls["defaultAction"]) is "Deny" && !AllowsLoopback(acls))
        {
            throw DataPlaneErrors.FirewallDenied();
        }
    }

    /// <summary>Every client of the emulator has the address 127.0.0.1.</summary>
    private static bool AllowsLoopback(JsonObject acls) =>
        (acls["ipRules"] as JsonArray ?? []).Any(rule => Text((rule as JsonObject)?["value"]) is { } value && Contains(value, IPAddress.Loopback));

    private static bool Contains(string rule, IPAddress address) =>
        IPNetwork.TryParse(rule, out IPNetwork network) ? network.Contains(address) : IPAddress.TryParse(rule, out IPAddress? single) && single.Equals(address);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

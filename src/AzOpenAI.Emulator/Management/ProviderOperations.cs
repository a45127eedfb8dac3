using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Resource providers and their registration.</summary>
internal static class ProviderOperations
{
    private static readonly string[] AccountTypes =
        ["accounts", "operations", "locations", "locations/operationResults", "locations/checkSkuAvailability", "checkDomainAvailability", "deletedAccounts"];

    public static void Map(RouteTable<ArmRoute> routes)
    {
        const string template = "subscriptions/{subscription}/providers";
        routes.Add("GET", template, new ArmRoute("Microsoft.Resources/subscriptions/providers/read", List));
        routes.Add("GET", template + "/{namespace}", new ArmRoute("Microsoft.Resources/subscriptions/providers/read", r => Reply.Ok(ToJson(r, Known(r)))));
        routes.Add("POST", template + "/{namespace}/register", new ArmRoute("Microsoft.Resources/register/action", r => Change(r, "Registering", "Registered")) { IsWrite = true });
        routes.Add("POST", template + "/{namespace}/unregister", new ArmRoute("Microsoft.Resources/unregister/action", r => Change(r, "Unregistering", "NotRegistered")) { IsWrite = true });
    }

    private static Reply List(ArmRequest request) => Paging.Page(request, request.Subscription.Providers.Keys.Select(name => ToJson(request, name)));

    private static string Known(ArmRequest request) =>
        request.Subscription.Providers.Keys.FirstOrDefault(n => n.Equals(request["namespace"], StringComparison.OrdinalIgnoreCase))
        ?? throw UnverifiedArmErrors.UnknownNamespace(request["namespace"]);

    private static Reply Change(ArmRequest request, string during, string after)
    {
        string name = Known(request);
        SubscriptionState subscription = request.Subscription;
        if (subscription.Providers[name] != after)
        {
            string before = subscription.Providers[name];
            subscription.Providers[name] = during;
            OperationResults.Start(request, "global", null, "Running", () => subscription.Providers[name] = after, () => subscription.Providers[name] = before);
        }

        return Reply.Ok(ToJson(request, name));
    }

    private static JsonObject ToJson(ArmRequest request, string name) => new()
    {
        ["id"] = $"/subscriptions/{request.Subscription.Id}/providers/{name}",
        ["namespace"] = name,
        ["registrationPolicy"] = "RegistrationRequired",
        ["registrationState"] = request.Subscription.Providers[name],
        ["resourceTypes"] = name == "Microsoft.CognitiveServices" ? new JsonArray([.. AccountTypes.Select(type => ResourceType(request, type))]) : new JsonArray(),
    };

    private static JsonObject ResourceType(ArmRequest request, string type)
    {
        IEnumerable<string> locations = type == "accounts"
            ? request.Emulation.Catalogue.Data.Regions.Select(r => r.DisplayName).Prepend("Global")
            : [];
        return new JsonObject
        {
            ["resourceType"] = type,
            ["locations"] = new JsonArray([.. locations.Select(l => JsonValue.Create(l))]),
            ["apiVersions"] = new JsonArray([.. ApiVersions.CognitiveServices.Reverse().Select(v => JsonValue.Create(v))]),
            ["capabilities"] = "None",
        };
    }
}

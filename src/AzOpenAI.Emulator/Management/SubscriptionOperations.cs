using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Tenants, subscriptions and their locations.</summary>
internal static class SubscriptionOperations
{
    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("GET", "tenants", new ArmRoute("Microsoft.Resources/tenants/read", Tenants));
        routes.Add("GET", "subscriptions", new ArmRoute("Microsoft.Resources/subscriptions/read", List));
        routes.Add("GET", "subscriptions/{subscription}", new ArmRoute("Microsoft.Resources/subscriptions/read", r => Reply.Ok(ToJson(r.Subscription))));
        routes.Add("GET", "subscriptions/{subscription}/locations", new ArmRoute("Microsoft.Resources/subscriptions/locations/read", Locations));
    }

    private static Reply Tenants(ArmRequest request) => Paging.Page(request,
    [
        new JsonObject
        {
            ["id"] = "/tenants/" + AzureState.TenantId,
            ["tenantId"] = AzureState.TenantId,
            ["displayName"] = "Emulator",
            ["defaultDomain"] = "emulator.example.com",
            ["domains"] = new JsonArray("emulator.example.com"),
            ["tenantCategory"] = "Home",
        },
    ]);

    private static Reply List(ArmRequest request) => Paging.Page(request, request.Emulation.State.Subscriptions.Select(ToJson));

    /// <summary>Not paged: the operation has no nextLink.</summary>
    private static Reply Locations(ArmRequest request) => Reply.List(request.Emulation.Catalogue.Data.Regions.Select(region => ToJson(request.Subscription, region)));

    private static JsonObject ToJson(SubscriptionState subscription) => new()
    {
        ["id"] = "/subscriptions/" + subscription.Id,
        ["authorizationSource"] = "RoleBased",
        ["managedByTenants"] = new JsonArray(),
        ["subscriptionId"] = subscription.Id,
        ["tenantId"] = AzureState.TenantId,
        ["displayName"] = subscription.DisplayName,
        ["state"] = "Enabled",
        ["subscriptionPolicies"] = new JsonObject
        {
            ["locationPlacementId"] = "Public_2014-09-01",
            ["quotaId"] = subscription.QuotaId,
            ["spendingLimit"] = "Off",
        },
    };

    private static JsonObject ToJson(SubscriptionState subscription, CatalogueRegion region) => new()
    {
        ["id"] = $"/subscriptions/{subscription.Id}/locations/{region.Name}",
        ["name"] = region.Name,
        ["type"] = "Region",
        ["displayName"] = region.DisplayName,
        ["regionalDisplayName"] = region.GeographyGroup is { } group ? $"({group}) {region.DisplayName}" : region.DisplayName,
        ["metadata"] = Metadata(region),
    };

    private static JsonObject Metadata(CatalogueRegion region)
    {
        JsonObject metadata = new() { ["regionType"] = "Physical", ["regionCategory"] = "Recommended", ["geography"] = region.Geography };
        if (region.GeographyGroup is not null)
        {
            metadata["geographyGroup"] = region.GeographyGroup;
        }

        if (region is { Latitude: { } latitude, Longitude: { } longitude })
        {
            metadata["latitude"] = latitude;
            metadata["longitude"] = longitude;
        }

        return metadata;
    }
}

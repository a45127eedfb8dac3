using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Management;

/// <summary>Quota rows of a region.</summary>
internal static class QuotaOperations
{
    public static void Map(RouteTable<ArmRoute> routes) => routes.Add(
        "GET", "subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations/{location}/usages",
        new ArmRoute("Microsoft.CognitiveServices/locations/usages/read", List));

    private static Reply List(ArmRequest request) =>
        Paging.Page(request, request.Emulation.Quota.List(request.Subscription, request.Region).Select(row => (JsonNode)row.ToJson()));
}

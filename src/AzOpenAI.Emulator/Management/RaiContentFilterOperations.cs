using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Management;

/// <summary>
/// The filters that a region offers for policies. The name of an entry is the filter's without spaces; one for both sides has an
/// entry for each, distinguished by the second name. Unverified: the one documented entry is IndirectAttack.
/// </summary>
internal static class RaiContentFilterOperations
{
    private const string Collection = "subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations/{location}/raiContentFilters";
    private const string Action = "Microsoft.CognitiveServices/locations/raiContentFilters/read";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("GET", Collection, new ArmRoute(Action, List) { Since = RaiJson.Since });
        routes.Add("GET", Collection + "/{filter}", new ArmRoute(Action, Get) { Since = RaiJson.Since });
    }

    private static Reply List(ArmRequest request) => Paging.Page(request, All(request));

    private static Reply Get(ArmRequest request) => Reply.Ok(
        All(request).FirstOrDefault(f => request["filter"].Equals(ArmRequest.Text(f["name"]), StringComparison.OrdinalIgnoreCase))
        ?? throw ArmErrors.NotFound(request.Exchange.Http.Request.Path));

    private static IEnumerable<JsonObject> All(ArmRequest request)
    {
        string parent = $"/subscriptions/{request.Subscription.Id}/providers/Microsoft.CognitiveServices/locations/{request.Region.Name}/raiContentFilters/";
        foreach (RaiCategory category in RaiCategory.All)
        {
            foreach (string source in category.Sources)
            {
                string name = category.Name.Replace(" ", "", StringComparison.Ordinal) + (category.Sources.Length > 1 ? source : "");
                yield return new JsonObject
                {
                    ["id"] = parent + name,
                    ["type"] = "Microsoft.CognitiveServices/locations/raiContentFilters",
                    ["name"] = name,
                    ["properties"] = new JsonObject { ["name"] = category.Name, ["isMultiLevelFilter"] = category.MultiLevel, ["source"] = source },
                };
            }
        }
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Models of a region and their available capacity.</summary>
internal static class ModelOperations
{
    private const string Provider = "subscriptions/{subscription}/providers/Microsoft.CognitiveServices/";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("GET", Provider + "locations/{location}/models", new ArmRoute("Microsoft.CognitiveServices/locations/models/read", List));
        routes.Add(
            "GET", Provider + "locations/{location}/modelCapacities",
            new ArmRoute("Microsoft.CognitiveServices/locations/modelCapacities/read", r => Capacities(r, [r.Region])) { Since = "2024-10-01" });
        routes.Add(
            "GET", Provider + "modelCapacities",
            new ArmRoute("Microsoft.CognitiveServices/modelCapacities/read", r => Capacities(r, r.Emulation.Catalogue.Data.Regions)) { Since = "2024-10-01" });
    }

    /// <summary>The remaining capacity of the region, regardless of quota; the SKU's maximum unless a test has set it.</summary>
    public static int Stock(Emulation emulation, string region, CatalogueModel model, CatalogueSku sku) =>
        emulation.State.Stock.TryGetValue(AzureState.StockKey(region, model.Name, model.Version, sku.Name), out int stock) ? stock : sku.Capacity.Maximum ?? int.MaxValue;

    private static Reply List(ArmRequest request)
    {
        CatalogueRegion region = request.Region;
        string key = string.Create(
            CultureInfo.InvariantCulture, $"{request.Subscription.Id}/{region.Name}/{request.ApiVersion}/{request.Now:yyyyMMdd}/{request.Emulation.Settings.PageSize}");
        // Only a list of several pages has links; a fault may add to the body.
        bool whole = request.Exchange.Http.Request.Query.Count == 1 && !request.Exchange.AddUnknownFields;
        if (whole && request.Emulation.ModelLists.TryGetValue(key, out byte[]? known))
        {
            return new Reply { Raw = known };
        }

        Reply reply = Write(request, region);
        if (whole && reply.Body is JsonObject page && !page.ContainsKey("nextLink"))
        {
            request.Emulation.ModelLists[key] = reply.ToBytes();
        }

        return reply;
    }

    private static Reply Write(ArmRequest request, CatalogueRegion region)
    {
        string place = region.DisplayName.Replace(" ", "", StringComparison.Ordinal);
        IEnumerable<JsonNode> items =
            from model in request.Emulation.Catalogue.ModelsIn(region.Name)
            from kind in request.Emulation.Catalogue.Data.Kinds
            let name = $"{model.Format}.{model.Name}.{model.Version}"
            select new JsonObject
            {
                ["id"] = $"/subscriptions/{request.Subscription.Id}/providers/Microsoft.CognitiveServices/locations/{place}/models/{name}",
                ["type"] = "Microsoft.CognitiveServices/locations/models",
                ["name"] = name,
                ["location"] = place,
                ["kind"] = kind,
                ["skuName"] = AccountValidation.Sku,
                ["model"] = ModelJson.Write(model, region.Name, request),
            };
        return Paging.Page(request, items);
    }

    private static Reply Capacities(ArmRequest request, IEnumerable<CatalogueRegion> regions)
    {
        string format = Required(request, "modelFormat");
        string name = Required(request, "modelName");
        string version = Required(request, "modelVersion");
        CatalogueModel? model = request.Emulation.Catalogue.Model(format, name, version);
        IEnumerable<JsonNode> items = model is null ? [] :
            from region in regions
            from sku in ModelCatalogue.SkusIn(model, region.Name)
            let place = region.DisplayName.Replace(" ", "", StringComparison.Ordinal)
            select new JsonObject
            {
                ["id"] = $"/subscriptions/{request.Subscription.Id}/providers/Microsoft.CognitiveServices/locations/{place}/models/"
                    + $"{model.Format}.{model.Name}.{model.Version}/skuCapacities/{sku.Name}",
                ["type"] = "Microsoft.CognitiveServices/locations/models/skuCapacities",
                ["name"] = sku.Name,
                ["location"] = place,
                ["properties"] = new JsonObject
                {
                    ["model"] = model.ToReference(),
                    ["skuName"] = sku.Name,
                    ["availableCapacity"] = Stock(request.Emulation, region.Name, model, sku),
                    ["availableFinetuneCapacity"] = 0,
                },
            };
        return Paging.Page(request, items);
    }

    private static string Required(ArmRequest request, string parameter) =>
        request.Exchange.Query(parameter) is { Length: > 0 } value
            ? value
            : throw ArmErrors.Error(400, "BadRequest", $"The query parameter '{parameter}' is required.");
}

using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Management;

/// <summary>Calculates how many provisioned throughput units workloads need.</summary>
internal static class CapacityCalculation
{
    /// <summary>
    /// Tokens per minute of one unit, for any model. Not Azure's value: the service's numbers differ by model and aren't published with it,
    /// so a client can rely on the shape of the response and on the steps of the SKU, not on the number.
    /// </summary>
    private const double UnverifiedTokensPerUnit = 2500;

    public static void Map(RouteTable<ArmRoute> routes) => routes.Add(
        "POST", "subscriptions/{subscription}/providers/Microsoft.CognitiveServices/calculateModelCapacity",
        new ArmRoute("Microsoft.CognitiveServices/calculateModelCapacity/action", Calculate) { Since = "2024-10-01" });

    private static Reply Calculate(ArmRequest request)
    {
        JsonObject reference = request.Body["model"] as JsonObject ?? [];
        string format = ArmRequest.Text(reference["format"]) ?? "";
        string name = ArmRequest.Text(reference["name"]) ?? "";
        string version = ArmRequest.Text(reference["version"]) ?? "";
        CatalogueModel model = request.Emulation.Catalogue.Model(format, name, version) ?? throw ArmErrors.ModelNotSupported(format, name, version);
        string skuName = ArmRequest.Text(request.Body["skuName"]) ?? "";
        CatalogueSku? sku = skuName.Contains("Provisioned", StringComparison.OrdinalIgnoreCase) ? model.Sku(skuName) : null;
        if (sku is null)
        {
            throw ArmErrors.SkuNotSupported(skuName, model);
        }

        double tokens = (request.Body["workloads"] as JsonArray ?? []).OfType<JsonObject>().Sum(TokensPerMinute);
        int value = (int)Math.Clamp(Math.Ceiling(tokens / UnverifiedTokensPerUnit), 0, int.MaxValue / 2);
        return Reply.Ok(new JsonObject
        {
            ["model"] = model.ToReference(),
            ["skuName"] = sku.Name,
            ["estimatedCapacity"] = new JsonObject { ["value"] = value, ["deployableValue"] = Deployable(value, sku.Capacity) },
        });
    }

    private static double TokensPerMinute(JsonObject workload)
    {
        JsonObject tokens = workload["requestParameters"] as JsonObject ?? [];
        return (double)(ArmRequest.Number(workload["requestPerMinute"]) ?? 0)
            * ((ArmRequest.Number(tokens["avgPromptTokens"]) ?? 0) + (ArmRequest.Number(tokens["avgGeneratedTokens"]) ?? 0));
    }

    /// <summary>The next capacity that the SKU accepts.</summary>
    private static int Deployable(int value, CatalogueCapacity capacity)
    {
        int minimum = capacity.Minimum ?? 1;
        int step = Math.Max(1, capacity.Step ?? 1);
        return value <= minimum ? minimum : minimum + ((value - minimum + step - 1) / step * step);
    }
}

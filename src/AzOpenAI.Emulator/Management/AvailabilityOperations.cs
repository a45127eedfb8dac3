using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Checks before a create: whether the subdomain is available and the SKU is offered.</summary>
internal static class AvailabilityOperations
{
    private const string Provider = "subscriptions/{subscription}/providers/Microsoft.CognitiveServices/";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("POST", Provider + "checkDomainAvailability", new ArmRoute("Microsoft.CognitiveServices/checkDomainAvailability/action", CheckDomain));
        routes.Add(
            "POST", Provider + "locations/{location}/checkSkuAvailability",
            new ArmRoute("Microsoft.CognitiveServices/locations/checkSkuAvailability/action", CheckSku));
        routes.Add("GET", Provider + "skus", new ArmRoute("Microsoft.CognitiveServices/skus/read", Skus));
    }

    private static Reply CheckDomain(ArmRequest request)
    {
        string name = Required(request, "subdomainName");
        string type = Required(request, "type");
        AzureState state = request.Emulation.State;
        string? reason = !AccountValidation.IsSubdomain(name) ? $"Sub domain name '{name}' is not valid"
            : state.Subdomains.ContainsKey(name) ? $"Sub domain name '{name}' is already used. Please pick a different name."
            : null;
        return Reply.Ok(new JsonObject
        {
            ["isSubdomainAvailable"] = reason is null,
            ["reason"] = reason,
            ["subdomainName"] = name,
            ["type"] = reason is null ? null : type,
            ["kind"] = ArmRequest.Text(request.Body["kind"]),
        });
    }

    private static Reply CheckSku(ArmRequest request)
    {
        CatalogueRegion region = request.Region;
        string kind = Required(request, "kind");
        string type = Required(request, "type");
        if (request.Body["skus"] is not JsonArray { Count: > 0 } skus)
        {
            throw ArmErrors.Error(400, "BadRequest", "The property 'skus' is required.");
        }

        return Reply.List(skus.Select(s => (JsonNode)Availability(request, region, kind, type, ArmRequest.Text(s) ?? "")));
    }

    private static JsonObject Availability(ArmRequest request, CatalogueRegion region, string kind, string type, string sku)
    {
        bool available = region.Openai
            && request.Emulation.Catalogue.Data.Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase)
            && sku.Equals(AccountValidation.Sku, StringComparison.OrdinalIgnoreCase);
        JsonObject json = new() { ["kind"] = kind, ["type"] = type, ["skuName"] = sku, ["skuAvailable"] = available };
        if (!available)
        {
            json["reason"] = "NotAvailable";
            json["message"] = $"The SKU '{sku}' of kind '{kind}' is not available in region '{region.Name}'.";
        }

        return json;
    }

    private static Reply Skus(ArmRequest request)
    {
        ModelCatalogue catalogue = request.Emulation.Catalogue;
        return Paging.Page(
            request,
            from kind in catalogue.Data.Kinds
            from region in catalogue.Data.Regions
            where region.Openai
            select new JsonObject
            {
                ["resourceType"] = "accounts",
                ["name"] = AccountValidation.Sku,
                ["tier"] = "Standard",
                ["kind"] = kind,
                ["locations"] = new JsonArray(region.Name.ToUpperInvariant()),
                ["restrictions"] = new JsonArray(),
            });
    }

    private static string Required(ArmRequest request, string name) =>
        ArmRequest.Text(request.Body[name]) is { Length: > 0 } value
            ? value
            : throw ArmErrors.Error(400, "BadRequest", $"The property '{name}' is required.");
}

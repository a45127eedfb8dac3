using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.Management;

/// <summary>Writes catalog models like the service's list of a region.</summary>
internal static class ModelJson
{
    public static JsonObject Write(CatalogueModel model, string region, ArmRequest request)
    {
        JsonObject deprecation = [];
        if (model.Deprecation.FineTune is { } fineTune)
        {
            deprecation["fineTune"] = Date(fineTune);
        }

        if (model.Deprecation.Inference is { } inference)
        {
            deprecation["inference"] = Date(inference);
        }

        if (request.AtLeast("2025-09-01") && model.Deprecation.Inference is not null)
        {
            deprecation["deprecationStatus"] = "Planned";
        }

        JsonObject json = new()
        {
            ["format"] = model.Format,
            ["name"] = model.Name,
            ["version"] = model.Version,
            ["isDefaultVersion"] = model.IsDefaultVersion,
            ["skus"] = new JsonArray([.. ModelCatalogue.SkusIn(model, region).Select(s => (JsonNode?)Sku(s))]),
            ["capabilities"] = Capabilities(model),
            ["deprecation"] = deprecation,
            ["lifecycleStatus"] = model.StatusOn(request.Now),
        };
        if (model.MaxCapacity is { } maximum)
        {
            json["maxCapacity"] = maximum;
        }

        return json;
    }

    public static JsonObject Capabilities(CatalogueModel model)
    {
        JsonObject capabilities = [];
        foreach ((string name, string value) in model.Capabilities)
        {
            capabilities[name] = value;
        }

        return capabilities;
    }

    public static JsonObject Capacity(CatalogueCapacity capacity)
    {
        JsonObject json = [];
        foreach ((string name, int? value) in new[]
        {
            ("minimum", capacity.Minimum), ("maximum", capacity.Maximum), ("step", capacity.Step), ("default", capacity.Default),
        })
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }

    private static JsonObject Sku(CatalogueSku sku)
    {
        JsonObject json = new() { ["name"] = sku.Name, ["usageName"] = sku.UsageName };
        if (sku.DeprecationDate is { } date)
        {
            json["deprecationDate"] = Date(date);
        }

        json["capacity"] = Capacity(sku.Capacity);
        if (sku.RateLimits.Count > 0)
        {
            json["rateLimits"] = new JsonArray([.. sku.RateLimits.Select(r => (JsonNode?)new JsonObject
            {
                ["key"] = r.Key,
                ["renewalPeriod"] = r.RenewalPeriod,
                ["count"] = r.Count,
            })]);
        }

        return json;
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
}

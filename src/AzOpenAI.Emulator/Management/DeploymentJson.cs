using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Writes a deployment like the service.</summary>
internal static class DeploymentJson
{
    public static string Id(AccountState account, string name) => $"{account.Id}/deployments/{name}";

    public static JsonObject Write(AccountState account, DeploymentState deployment, ArmRequest request)
    {
        JsonObject json = new()
        {
            ["id"] = Id(account, deployment.Name),
            ["type"] = "Microsoft.CognitiveServices/accounts/deployments",
            ["name"] = deployment.Name,
            ["sku"] = new JsonObject { ["name"] = deployment.Sku.Name, ["capacity"] = deployment.Capacity },
        };
        if (deployment.Tags is not null)
        {
            json["tags"] = deployment.Tags.DeepClone();
        }

        json["properties"] = Properties(deployment, request);
        json["systemData"] = deployment.SystemData.ToJson();
        json["etag"] = Etag(deployment);
        return json;
    }

    public static string Etag(DeploymentState deployment) => $"\"{deployment.Etag}\"";

    private static JsonObject Properties(DeploymentState deployment, ArmRequest request)
    {
        JsonObject model = deployment.Model.ToReference();
        if (deployment.Publisher is not null)
        {
            model["publisher"] = deployment.Publisher;
        }

        JsonObject properties = new() { ["model"] = model, ["versionUpgradeOption"] = "OnceNewDefaultVersionAvailable" };
        foreach ((string name, JsonNode? value) in deployment.Properties)
        {
            properties[name] = value?.DeepClone();
        }

        properties["currentCapacity"] = deployment.Capacity;
        properties["capabilities"] = ModelJson.Capabilities(deployment.Model);
        properties["provisioningState"] = deployment.ProvisioningState;
        if (request.AtLeast("2025-10-01"))
        {
            properties["deploymentState"] = deployment.Paused ? "Paused" : "Running";
        }

        if (deployment.Sku.RateLimits.Count > 0)
        {
            properties["rateLimits"] = new JsonArray([.. deployment.Sku.RateLimits.Select(limit => (JsonNode?)Limit(limit, deployment.Capacity))]);
        }

        return properties;
    }

    private static JsonObject Limit(CatalogueRateLimit limit, int capacity) => new()
    {
        ["key"] = limit.Key,
        ["renewalPeriod"] = limit.RenewalPeriod,
        ["count"] = limit.Count * capacity,
    };

    /// <summary>The data plane's name for the model of a deployment.</summary>
    public static string UnderlyingModel(CatalogueModel model) => $"{model.Name}-{model.Version}";
}

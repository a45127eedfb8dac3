using System.Text.Json.Nodes;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>The bodies of changes to deployments.</summary>
internal static class DeploymentBody
{
    // Read-only properties, which the service doesn't accept.
    private static readonly string[] ReadOnly =
        ["provisioningState", "callRateLimit", "capabilities", "rateLimits", "dynamicThrottlingEnabled", "currentCapacity"];

    public static BinaryData Create(DeploymentRequest request, DeploymentCheck? check) => Bytes(new JsonObject
    {
        ["sku"] = Sku(check?.Sku ?? request.Sku!, check?.Capacity ?? request.Capacity),
        ["properties"] = Set(
            new JsonObject
            {
                ["model"] = new JsonObject { ["format"] = check?.Format ?? request.Format ?? ModelChoice.UsualFormat, ["name"] = check?.Model ?? request.Model },
            },
            request,
            check?.Version ?? request.Version),
    });

    public static BinaryData Patch(DeploymentRequest request, Deployment live) => Bytes(new JsonObject
    {
        ["sku"] = Sku(request.Sku ?? live.Sku!, request.Capacity ?? live.Capacity),
    });

    /// <summary>The existing deployment with only the requested properties changed. Unknown properties are kept.</summary>
    public static BinaryData Replace(DeploymentRequest request, Deployment live)
    {
        JsonObject now = JsonNode.Parse(live.Raw!)!.AsObject();
        JsonObject properties = now["properties"]?.DeepClone() as JsonObject ?? [];
        foreach (string name in ReadOnly)
            properties.Remove(name);
        (properties["model"] as JsonObject)?.Remove("callRateLimit");
        var body = new JsonObject
        {
            ["sku"] = Sku(request.Sku ?? live.Sku!, request.Capacity ?? live.Capacity),
            ["properties"] = Set(properties, request, request.Version),
        };
        if (now["tags"] is JsonNode tags)
            body["tags"] = tags.DeepClone();
        return Bytes(body);
    }

    private static JsonObject Set(JsonObject properties, DeploymentRequest request, string? version)
    {
        if (version is not null && properties["model"] is JsonObject model)
            model["version"] = version;
        if (request.VersionUpgrade is not null)
            properties["versionUpgradeOption"] = request.VersionUpgrade;
        if (request.ContentFilter is not null)
            properties["raiPolicyName"] = request.ContentFilter;
        if (request.Spillover is { Length: > 0 })
            properties["spilloverDeploymentName"] = request.Spillover;
        else if (request.Spillover is not null)
            properties.Remove("spilloverDeploymentName");
        return properties;
    }

    private static JsonObject Sku(string name, int? capacity)
    {
        var sku = new JsonObject { ["name"] = name };
        if (capacity is int units)
            sku["capacity"] = units;
        return sku;
    }

    private static BinaryData Bytes(JsonObject body) => BinaryData.FromString(body.ToJsonString());
}

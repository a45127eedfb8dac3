using System.Text.Json;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>Creates deployments from the service's responses.</summary>
internal static class DeploymentMapper
{
    public static Deployment Map(ArmResponse response, Resource resource) => Map(response, response.Json(), resource);

    public static Deployment Map(ArmResponse response, JsonElement element, Resource resource)
    {
        DeploymentDto dto = response.Read(element, DeploymentJson.Default.DeploymentDto);
        string name = response.Require(dto.Name, "name");
        DeploymentPropertiesDto properties = response.Require(dto.Properties, "properties");
        IReadOnlyList<RateLimit> limits = RateLimitDto.ToRateLimits(properties.RateLimits);
        double? capacity = dto.Sku?.Capacity ?? properties.CurrentCapacity;
        return new Deployment
        {
            Id = dto.Id ?? $"{resource.Id}/deployments/{name}",
            Name = name,
            ResourceName = resource.Name,
            ResourceGroupName = resource.ResourceGroupName,
            SubscriptionId = resource.SubscriptionId,
            ResourceId = resource.Id,
            Location = resource.Location,
            Model = response.Require(properties.Model?.Name, "properties.model.name"),
            Version = properties.Model!.Version,
            Format = properties.Model.Format ?? "OpenAI",
            Sku = dto.Sku?.Name,
            Capacity = capacity is double units ? (int)Math.Clamp(units, int.MinValue, int.MaxValue) : null,
            TokensPerMinute = PerMinute(limits, "token"),
            RequestsPerMinute = PerMinute(limits, "request"),
            VersionUpgrade = properties.VersionUpgradeOption,
            ContentFilter = properties.RaiPolicyName,
            Spillover = properties.SpilloverDeploymentName,
            ProvisioningState = properties.ProvisioningState,
            State = properties.DeploymentState,
            Endpoint = resource.Endpoint,
            ETag = dto.Etag,
            Raw = element.GetRawText(),
        };
    }

    private static double? PerMinute(IEnumerable<RateLimit> limits, string key) =>
        limits.FirstOrDefault(l => l.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.PerMinute;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Deployments;

internal sealed record DeploymentDto
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public DeploymentSkuDto? Sku { get; init; }

    public string? Etag { get; init; }

    public DeploymentPropertiesDto? Properties { get; init; }
}

internal sealed record DeploymentSkuDto(string? Name, double? Capacity);

internal sealed record DeploymentModelDto(string? Format, string? Name, string? Version);

internal sealed record DeploymentPropertiesDto
{
    public DeploymentModelDto? Model { get; init; }

    public string? ProvisioningState { get; init; }

    public string? DeploymentState { get; init; }

    public string? VersionUpgradeOption { get; init; }

    public string? RaiPolicyName { get; init; }

    public string? SpilloverDeploymentName { get; init; }

    public double? CurrentCapacity { get; init; }

    public RateLimitDto[]? RateLimits { get; init; }
}

[JsonSerializable(typeof(DeploymentDto))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class DeploymentJson : JsonSerializerContext;

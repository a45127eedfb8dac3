using System.Text.Json;
using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.Models;

/// <summary>An entry of a region's list; in a resource's list, the model isn't wrapped.</summary>
internal sealed record ModelEntryDto(string? Kind, ModelDto? Model);

internal sealed record ModelDto(
    string? Format,
    string? Name,
    string? Version,
    bool? IsDefaultVersion,
    string? LifecycleStatus,
    ModelDeprecationDto? Deprecation,
    ModelSkuDto[]? Skus,
    Dictionary<string, JsonElement>? Capabilities);

internal sealed record ModelDeprecationDto(string? Inference, string? FineTune);

internal sealed record ModelSkuDto(string? Name, string? UsageName, ModelCapacityDto? Capacity, string? DeprecationDate, RateLimitDto[]? RateLimits);

internal sealed record ModelCapacityDto(double? Minimum, double? Maximum, double? Step, double? Default, double[]? AllowedValues);

internal sealed record RateLimitDto(string? Key, double? RenewalPeriod, double? Count)
{
    public static IReadOnlyList<RateLimit> ToRateLimits(RateLimitDto[]? limits) =>
        [.. (limits ?? []).Where(l => l is { Key: not null, Count: not null, RenewalPeriod: > 0 }).Select(l => new RateLimit(l.Key!, l.Count!.Value, l.RenewalPeriod!.Value))];
}

/// <summary>Available capacity of a SKU in a region.</summary>
internal sealed record SkuCapacityDto(string? Location, SkuCapacityPropertiesDto? Properties);

/// <inheritdoc cref="SkuCapacityDto"/>
internal sealed record SkuCapacityPropertiesDto(string? SkuName, double? AvailableCapacity);

/// <summary>The request for the capacity of a provisioned SKU that workloads need.</summary>
internal sealed record CapacityQuestionDto(ModelReferenceDto Model, string SkuName, WorkloadDto[] Workloads);

internal sealed record ModelReferenceDto(string Format, string Name, string Version);

internal sealed record WorkloadDto(int RequestPerMinute, WorkloadTokensDto RequestParameters);

internal sealed record WorkloadTokensDto(int AvgPromptTokens, int AvgGeneratedTokens);

internal sealed record CapacityAnswerDto(CapacityEstimateDto? EstimatedCapacity);

internal sealed record CapacityEstimateDto(double? Value, double? DeployableValue);

[JsonSerializable(typeof(CapacityQuestionDto))]
[JsonSerializable(typeof(CapacityAnswerDto))]
[JsonSerializable(typeof(ModelEntryDto))]
[JsonSerializable(typeof(SkuCapacityDto))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class ModelJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.Usages;

internal sealed record UsageDto(UsageNameDto? Name, double? CurrentValue, double? Limit);

internal sealed record UsageNameDto(string? Value, string? LocalizedValue);

[JsonSerializable(typeof(UsageDto))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class UsageJson : JsonSerializerContext;

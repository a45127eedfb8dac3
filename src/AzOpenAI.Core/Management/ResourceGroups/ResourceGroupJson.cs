using System.Text.Json;
using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.ResourceGroups;

internal sealed record ResourceGroupDto(string? Name, string? Location);

[JsonSerializable(typeof(ResourceGroupDto))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ResourceGroupJson : JsonSerializerContext;

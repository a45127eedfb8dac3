using System.Text.Json;
using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.Blocklists;

internal sealed record BlocklistDto(string? Id, string? Name, string? Etag, BlocklistPropertiesDto? Properties);

internal sealed record BlocklistPropertiesDto(string? Description);

internal sealed record BlocklistItemDto(string? Id, string? Name, BlocklistItemPropertiesDto? Properties);

internal sealed record BlocklistItemPropertiesDto(string? Pattern, bool? IsRegex);

/// <summary>An item of a batch.</summary>
internal sealed record BlocklistItemBody(string Name, BlocklistItemPropertiesDto Properties);

[JsonSerializable(typeof(BlocklistDto))]
[JsonSerializable(typeof(BlocklistItemDto))]
[JsonSerializable(typeof(IReadOnlyList<BlocklistItemBody>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class BlocklistJson : JsonSerializerContext;

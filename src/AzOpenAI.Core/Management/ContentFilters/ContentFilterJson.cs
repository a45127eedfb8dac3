using System.Text.Json;
using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.ContentFilters;

internal sealed record ContentFilterDto(string? Id, string? Name, string? Etag, ContentFilterPropertiesDto? Properties);

internal sealed record ContentFilterPropertiesDto
{
    public string? Type { get; init; }

    public string? Mode { get; init; }

    public string? BasePolicyName { get; init; }

    public ContentFilterRuleDto[]? ContentFilters { get; init; }

    public ContentFilterBlocklistDto[]? CustomBlocklists { get; init; }
}

internal sealed record ContentFilterRuleDto(string? Name, string? Source, bool? Enabled, bool? Blocking, string? SeverityThreshold);

internal sealed record ContentFilterBlocklistDto(string? BlocklistName, string? Source, bool? Blocking);

[JsonSerializable(typeof(ContentFilterDto))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class ContentFilterJson : JsonSerializerContext;

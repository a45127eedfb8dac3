using System.Text.Json;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>Creates content filters from the service's responses.</summary>
internal static class ContentFilterMapper
{
    public static ContentFilter Map(ArmResponse response, Resource resource) => Map(response, response.Json(), resource);

    public static ContentFilter Map(ArmResponse response, JsonElement element, Resource resource)
    {
        ContentFilterDto dto = response.Read(element, ContentFilterJson.Default.ContentFilterDto);
        string name = response.Require(dto.Name, "name");
        ContentFilterPropertiesDto properties = response.Require(dto.Properties, "properties");
        return new ContentFilter
        {
            Id = dto.Id ?? $"{resource.Id}/raiPolicies/{name}",
            Name = name,
            ResourceName = resource.Name,
            ResourceGroupName = resource.ResourceGroupName,
            SubscriptionId = resource.SubscriptionId,
            ResourceId = resource.Id,
            IsSystem = "SystemManaged".Equals(properties.Type, StringComparison.OrdinalIgnoreCase),
            Mode = properties.Mode,
            BasePolicy = properties.BasePolicyName,
            Rules = [.. (properties.ContentFilters ?? []).Select(r => Rule(response, r))],
            Blocklists = [.. (properties.CustomBlocklists ?? []).Select(l => new ContentFilterBlocklist(
                response.Require(l.BlocklistName, "properties.customBlocklists.blocklistName"), l.Source ?? "", l.Blocking ?? false))],
            ETag = dto.Etag,
            Raw = element.GetRawText(),
        };
    }

    // The service omits what is off.
    private static ContentFilterRule Rule(ArmResponse response, ContentFilterRuleDto dto) => new()
    {
        Category = response.Require(dto.Name, "properties.contentFilters.name"),
        Side = dto.Source ?? "",
        Enabled = dto.Enabled ?? false,
        Blocking = dto.Blocking ?? false,
        Severity = dto.SeverityThreshold,
    };
}

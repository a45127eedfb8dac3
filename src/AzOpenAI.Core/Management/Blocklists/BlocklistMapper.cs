using System.Text.Json;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Blocklists;

/// <summary>Creates blocklists and their items from the service's responses.</summary>
internal static class BlocklistMapper
{
    public static Blocklist Map(ArmResponse response, Resource resource) => Map(response, response.Json(), resource);

    public static Blocklist Map(ArmResponse response, JsonElement element, Resource resource)
    {
        BlocklistDto dto = response.Read(element, BlocklistJson.Default.BlocklistDto);
        string name = response.Require(dto.Name, "name");
        return new Blocklist
        {
            Id = dto.Id ?? $"{resource.Id}/raiBlocklists/{name}",
            Name = name,
            ResourceName = resource.Name,
            ResourceGroupName = resource.ResourceGroupName,
            SubscriptionId = resource.SubscriptionId,
            ResourceId = resource.Id,
            Description = dto.Properties?.Description,
            ETag = dto.Etag,
            Raw = element.GetRawText(),
        };
    }

    public static BlocklistItem MapItem(ArmResponse response, JsonElement element, Blocklist list)
    {
        BlocklistItemDto dto = response.Read(element, BlocklistJson.Default.BlocklistItemDto);
        string name = response.Require(dto.Name, "name");
        BlocklistItem item = Item(list, name, response.Require(dto.Properties?.Pattern, "properties.pattern"), dto.Properties!.IsRegex ?? false);
        return item with { Id = dto.Id ?? item.Id, Raw = element.GetRawText() };
    }

    public static BlocklistItem Item(Blocklist list, string name, string pattern, bool isRegex) => new()
    {
        Id = $"{list.Id}/raiBlocklistItems/{name}",
        Name = name,
        Pattern = pattern,
        IsRegex = isRegex,
        BlocklistName = list.Name,
        BlocklistId = list.Id,
        ResourceName = list.ResourceName,
        ResourceGroupName = list.ResourceGroupName,
        SubscriptionId = list.SubscriptionId,
    };
}

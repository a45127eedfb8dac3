using AzOpenAI.Core.Management;

namespace AzOpenAI.Parameters;

/// <summary>Cuts Azure Resource Manager ids.</summary>
internal static class ResourceIds
{
    /// <summary>The resource's id, from its own or that of a deployment, content filter, blocklist or blocklist item.</summary>
    public static string ResourcePart(string id) => ArmTarget.Parse(id).AccountId ?? id;

    /// <summary>The deployment's name, or null where the id is not a deployment's.</summary>
    public static string? DeploymentPart(string id) => ArmTarget.Parse(id).Deployment;

    /// <summary>The content filter's name, or null where the id is not a content filter's.</summary>
    public static string? ContentFilterPart(string id) => ArmTarget.Parse(id).ContentFilter;

    /// <summary>The blocklist's name, or null where the id is neither a blocklist's nor an item's.</summary>
    public static string? BlocklistPart(string id) => ArmTarget.Parse(id).Blocklist;

    /// <summary>The name of the blocklist item, or null where the id is not an item's.</summary>
    public static string? BlocklistItemPart(string id) => ArmTarget.Parse(id).BlocklistItem;

    /// <summary>The subscription's id, or null where there is none.</summary>
    public static string? SubscriptionPart(string id) => ArmTarget.Parse(id).SubscriptionId;
}

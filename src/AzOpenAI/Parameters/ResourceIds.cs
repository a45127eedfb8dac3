namespace AzOpenAI.Parameters;

/// <summary>Cuts Azure Resource Manager ids.</summary>
internal static class ResourceIds
{
    private static readonly string[] ChildSegments = ["deployments", "raiPolicies", "raiBlocklists"];

    /// <summary>The resource's id, from its own or that of a deployment, content filter, blocklist or blocklist item.</summary>
    public static string ResourcePart(string id)
    {
        int at = ChildSegments.Select(s => id.IndexOf($"/{s}/", StringComparison.OrdinalIgnoreCase)).Where(i => i >= 0).DefaultIfEmpty(-1).Min();
        return at < 0 ? id : id[..at];
    }

    /// <summary>The deployment's name, or null where the id is not a deployment's.</summary>
    public static string? DeploymentPart(string id) => LastPart(id, "deployments");

    /// <summary>The content filter's name, or null where the id is not a content filter's.</summary>
    public static string? ContentFilterPart(string id) => LastPart(id, "raiPolicies");

    /// <summary>The blocklist's name, or null where the id is neither a blocklist's nor an item's.</summary>
    public static string? BlocklistPart(string id) => LastPart(id, "raiBlocklists")?.Split('/')[0];

    /// <summary>The name of the blocklist item, or null where the id is not an item's.</summary>
    public static string? BlocklistItemPart(string id) => LastPart(id, "raiBlocklistItems");

    /// <summary>The subscription's id, or null where there is none.</summary>
    public static string? SubscriptionPart(string id)
    {
        string[] parts = id.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && parts[0].Equals("subscriptions", StringComparison.OrdinalIgnoreCase) ? parts[1] : null;
    }

    private static string? LastPart(string id, string segment)
    {
        int at = id.IndexOf($"/{segment}/", StringComparison.OrdinalIgnoreCase);
        return at < 0 || id[(at + segment.Length + 2)..].TrimEnd('/') is not { Length: > 0 } name ? null : name;
    }
}

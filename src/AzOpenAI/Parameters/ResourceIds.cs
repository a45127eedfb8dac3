namespace AzOpenAI.Parameters;

/// <summary>Cuts Azure Resource Manager ids.</summary>
internal static class ResourceIds
{
    private const string DeploymentSegment = "/deployments/";

    /// <summary>The resource's id, from its own or a deployment's.</summary>
    public static string ResourcePart(string id)
    {
        int at = id.IndexOf(DeploymentSegment, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? id : id[..at];
    }

    /// <summary>The deployment's name, or null where the id is not a deployment's.</summary>
    public static string? DeploymentPart(string id)
    {
        int at = id.IndexOf(DeploymentSegment, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : id[(at + DeploymentSegment.Length)..].TrimEnd('/');
    }

    /// <summary>The subscription's id, or null where there is none.</summary>
    public static string? SubscriptionPart(string id)
    {
        string[] parts = id.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && parts[0].Equals("subscriptions", StringComparison.OrdinalIgnoreCase) ? parts[1] : null;
    }
}

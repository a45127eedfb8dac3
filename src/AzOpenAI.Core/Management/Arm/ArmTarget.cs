namespace AzOpenAI.Core.Management;

/// <summary>The objects that an Azure Resource Manager path names, unescaped; null where it names none.</summary>
internal sealed record ArmTarget
{
    public string? SubscriptionId { get; init; }

    public string? ResourceGroup { get; init; }

    public string? Account { get; init; }

    public string? Deployment { get; init; }

    public string? ContentFilter { get; init; }

    public string? Blocklist { get; init; }

    public string? Location { get; init; }

    /// <summary>Reads an id or a path; parts that are no pairs of the known names are passed over.</summary>
    public static ArmTarget Parse(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string? After(string name)
        {
            int at = Array.FindIndex(parts, p => p.Equals(name, StringComparison.OrdinalIgnoreCase));
            return at >= 0 && at + 1 < parts.Length ? Uri.UnescapeDataString(parts[at + 1]) : null;
        }

        return new ArmTarget
        {
            SubscriptionId = After("subscriptions"),
            ResourceGroup = After("resourceGroups"),
            Account = After("accounts") ?? After("deletedAccounts"),
            Deployment = After("deployments"),
            ContentFilter = After("raiPolicies"),
            Blocklist = After("raiBlocklists"),
            Location = After("locations"),
        };
    }
}

namespace AzOpenAI.Core.Management.Arm;

/// <summary>The objects in an Azure Resource Manager path, unescaped; null if absent.</summary>
public sealed record ArmTarget
{
    private const string OurProvider = "Microsoft.CognitiveServices";

    /// <summary>Subscription.</summary>
    public string? SubscriptionId { get; private init; }

    /// <summary>Resource group.</summary>
    public string? ResourceGroup { get; private init; }

    /// <summary>Account, active or soft-deleted.</summary>
    public string? Account { get; private init; }

    /// <summary>The original path up to the account; null if it doesn't contain an active account.</summary>
    public string? AccountId { get; private init; }

    /// <summary>Deployment.</summary>
    public string? Deployment { get; private init; }

    /// <summary>Content filter.</summary>
    public string? ContentFilter { get; private init; }

    /// <summary>Blocklist.</summary>
    public string? Blocklist { get; private init; }

    /// <summary>Blocklist item.</summary>
    public string? BlocklistItem { get; private init; }

    /// <summary>Region of a soft-deleted account, or of a request for a region.</summary>
    public string? Location { get; private init; }

    /// <summary>
    /// Parses an ID or a path as pairs of type and name, so that a group or an account may have the name of a type. Types of the provider only count after the
    /// provider; anything after another provider belongs to that one and isn't parsed.
    /// </summary>
    /// <param name="path">The ID or the path, with or without a leading slash.</param>
    public static ArmTarget Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        ArmTarget target = new();
        bool ours = false;
        for (int at = 0; at + 1 < parts.Length; at += 2)
        {
            string type = parts[at].ToUpperInvariant();
            if (type == "PROVIDERS")
            {
                if (ours || !parts[at + 1].Equals(OurProvider, StringComparison.OrdinalIgnoreCase))
                    break;
                ours = true;
                continue;
            }

            string name = Uri.UnescapeDataString(parts[at + 1]);
            target = (type, ours) switch
            {
                ("SUBSCRIPTIONS", false) => target with { SubscriptionId = name },
                ("RESOURCEGROUPS", _) => target with { ResourceGroup = name },
                ("ACCOUNTS", true) => target with { Account = name, AccountId = "/" + string.Join('/', parts[..(at + 2)]) },
                ("DELETEDACCOUNTS", true) => target with { Account = name },
                ("LOCATIONS", true) => target with { Location = name },
                ("DEPLOYMENTS", true) => target with { Deployment = name },
                ("RAIPOLICIES", true) => target with { ContentFilter = name },
                ("RAIBLOCKLISTS", true) => target with { Blocklist = name },
                ("RAIBLOCKLISTITEMS", true) => target with { BlocklistItem = name },
                _ => target,
            };
        }

        return target;
    }
}

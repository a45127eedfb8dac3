namespace AzOpenAI.Core.Management.Arm;

/// <summary>The objects that an Azure Resource Manager path names, unescaped; null where it names none.</summary>
public sealed record ArmTarget
{
    private const string OurProvider = "Microsoft.CognitiveServices";

    /// <summary>Subscription.</summary>
    public string? SubscriptionId { get; private init; }

    /// <summary>Resource group.</summary>
    public string? ResourceGroup { get; private init; }

    /// <summary>Account, live or soft-deleted.</summary>
    public string? Account { get; private init; }

    /// <summary>The path up to the account, as it came; null where it names no account that is live.</summary>
    public string? AccountId { get; private init; }

    /// <summary>Deployment.</summary>
    public string? Deployment { get; private init; }

    /// <summary>Content filter.</summary>
    public string? ContentFilter { get; private init; }

    /// <summary>Blocklist.</summary>
    public string? Blocklist { get; private init; }

    /// <summary>Blocklist item.</summary>
    public string? BlocklistItem { get; private init; }

    /// <summary>Region of a soft-deleted account, or of a read of a region.</summary>
    public string? Location { get; private init; }

    /// <summary>
    /// Reads an id or a path as pairs of type and name, so that a group or an account may be called like a type. The provider's types count behind the
    /// provider only; what stands behind another provider belongs to that one and ends the reading.
    /// </summary>
    /// <param name="path">The id or the path, with or without a slash in front.</param>
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

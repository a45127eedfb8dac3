namespace AzOpenAI;

/// <summary>An Azure OpenAI or AI Services (Foundry) account.</summary>
public sealed record Resource
{
    /// <summary>Azure Resource Manager ID.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the account.</summary>
    public required string Name { get; init; }

    /// <summary>The same name, for parameter binding in other cmdlets.</summary>
    public string ResourceName => Name;

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription ID, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Region, normalized: lower case, no spaces.</summary>
    public required string Location { get; init; }

    /// <summary>OpenAI or AIServices.</summary>
    public required string Kind { get; init; }

    /// <summary>Pricing tier of the account: S0.</summary>
    public string? Sku { get; init; }

    /// <summary>Accepted, Creating, Deleting, Moving, Failed, Succeeded, ResolvingDNS or Canceled.</summary>
    public string? ProvisioningState { get; init; }

    /// <summary>Base URL of the data plane, as reported by the service.</summary>
    public Uri? Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Custom subdomain; required for Entra ID tokens.</summary>
    public string? CustomSubdomain { get; init; }

    /// <summary>Enabled or Disabled.</summary>
    public string? PublicNetworkAccess { get; init; }

    /// <summary>Allowed IP addresses and ranges.</summary>
    public IReadOnlyList<string> AllowedIpRange { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Default action for addresses not in <see cref="AllowedIpRange"/>: Allow or Deny; null without network rules, which means Allow.</summary>
    public string? NetworkDefaultAction { get; init; }

    /// <summary>True if keys are disabled and only Entra ID is accepted.</summary>
    public bool LocalAuthDisabled { get; init; }

    /// <summary>None, SystemAssigned, UserAssigned or both.</summary>
    public string IdentityType { get; init; } = "None";

    /// <summary>Object ID of the system-assigned identity.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>Azure Resource Manager IDs of the user-assigned identities.</summary>
    public IReadOnlyList<string> UserAssignedIdentity { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = ShownDictionary<string>.Of(value); } = new ShownDictionary<string>();

    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>ETag of the resource.</summary>
    public string? ETag { get; init; }

    /// <summary>For -Ensure: whether this call changed anything; otherwise null.</summary>
    public bool? Changed { get; init; }

    /// <summary>For -Ensure: how the existing resource differed.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The response of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

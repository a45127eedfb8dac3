namespace AzOpenAI;

/// <summary>An Azure OpenAI or AI Services (Foundry) account.</summary>
public sealed record Resource
{
    /// <summary>Azure Resource Manager id.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the account.</summary>
    public required string Name { get; init; }

    /// <summary>The same name, under which child cmdlets bind it.</summary>
    public string ResourceName => Name;

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription id, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Region, normalised: lower case, no spaces.</summary>
    public required string Location { get; init; }

    /// <summary>OpenAI or AIServices.</summary>
    public required string Kind { get; init; }

    /// <summary>Pricing tier of the account: S0.</summary>
    public string? Sku { get; init; }

    /// <summary>Accepted, Creating, Deleting, Moving, Failed, Succeeded, ResolvingDNS or Canceled.</summary>
    public string? ProvisioningState { get; init; }

    /// <summary>Base of the data plane, as the service gives it.</summary>
    public Uri? Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Custom subdomain; Entra ID tokens need one.</summary>
    public string? CustomSubdomain { get; init; }

    /// <summary>Enabled or Disabled.</summary>
    public string? PublicNetworkAccess { get; init; }

    /// <summary>IP addresses and ranges that are let in.</summary>
    public IReadOnlyList<string> AllowedIpRange { get; init => field = Indexable.Of(value); } = [];

    /// <summary>What becomes of an address that is not among <see cref="AllowedIpRange"/>: Allow or Deny; null where the resource has no network rules, which is Allow.</summary>
    public string? NetworkDefaultAction { get; init; }

    /// <summary>True: keys are off and only Entra ID opens the data plane.</summary>
    public bool LocalAuthDisabled { get; init; }

    /// <summary>None, SystemAssigned, UserAssigned or both.</summary>
    public string IdentityType { get; init; } = "None";

    /// <summary>Object id of the system-assigned identity.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>Azure Resource Manager ids of the user-assigned identities.</summary>
    public IReadOnlyList<string> UserAssignedIdentity { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = ShownDictionary<string>.Of(value); } = new ShownDictionary<string>();

    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Version of the resource for concurrent writers.</summary>
    public string? ETag { get; init; }

    /// <summary>For -Ensure: whether this call wrote anything. Null where nothing was to be ensured.</summary>
    public bool? Changed { get; init; }

    /// <summary>For -Ensure: in what the live object differed.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The answer of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

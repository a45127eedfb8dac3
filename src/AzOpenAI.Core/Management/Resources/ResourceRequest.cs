namespace AzOpenAI.Core.Management.Resources;

/// <summary>The resource that is wanted. A property left null is not asked for: the service's default on a create, never drift.</summary>
public sealed record ResourceRequest
{
    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Name of the account: 2 to 64 letters, digits, <c>_ . -</c>, starting with a letter or digit.</summary>
    public required string Name { get; init; }

    /// <summary>Region in any spelling.</summary>
    public required string Location { get; init; }

    /// <summary>OpenAI or AIServices; null: OpenAI on a create, never drift.</summary>
    public string? Kind { get; init; }

    /// <summary>Custom subdomain; null: the name, in lower case.</summary>
    public string? CustomSubdomain { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Enabled or Disabled.</summary>
    public string? PublicNetworkAccess { get; init; }

    /// <summary>IP addresses and CIDR ranges that are let in; all others are kept out. Empty: everybody is let in, unless the resource has rules for virtual
    /// networks; then only these.</summary>
    public IReadOnlyList<string>? AllowedIpRange { get; init; }

    /// <summary>True: no keys, only Entra ID.</summary>
    public bool? DisableLocalAuth { get; init; }

    /// <summary>None, SystemAssigned, UserAssigned or <c>SystemAssigned, UserAssigned</c>. Null with <see cref="UserAssignedIdentity"/>: what there is, and UserAssigned.</summary>
    public string? IdentityType { get; init; }

    /// <summary>Azure Resource Manager ids of the user-assigned identities, all of them. Empty: none.</summary>
    public IReadOnlyList<string>? UserAssignedIdentity { get; init; }

    /// <summary>Creates the resource group where it is missing.</summary>
    public bool CreateResourceGroup { get; init; }

    /// <summary>Registers the resource provider where it is not.</summary>
    public bool RegisterProvider { get; init; }

    /// <summary>An existing resource is brought in line instead of refused.</summary>
    public bool Ensure { get; init; }

    /// <summary>Brings a soft-deleted resource of this name back.</summary>
    public bool RestoreDeleted { get; init; }

    /// <summary>Purges a soft-deleted resource of this name first.</summary>
    public bool PurgeDeleted { get; init; }

    /// <summary>Returns as soon as the service accepted the request.</summary>
    public bool NoWait { get; init; }

    internal string KindOrUsual => Kind ?? "OpenAI";
}

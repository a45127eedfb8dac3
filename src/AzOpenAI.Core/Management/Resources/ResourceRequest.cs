namespace AzOpenAI.Core.Management.Resources;

/// <summary>The desired resource. Properties that are null aren't requested: a create uses the service's default, and they never count as drift.</summary>
public sealed record ResourceRequest
{
    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Name of the account: 2 to 64 letters, digits, <c>_ . -</c>, starting with a letter or digit.</summary>
    public required string Name { get; init; }

    /// <summary>Region in any spelling.</summary>
    public required string Location { get; init; }

    /// <summary>OpenAI or AIServices; null for OpenAI on a create, never drift.</summary>
    public string? Kind { get; init; }

    /// <summary>Custom subdomain; null for the name, in lower case.</summary>
    public string? CustomSubdomain { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Enabled or Disabled.</summary>
    public string? PublicNetworkAccess { get; init; }

    /// <summary>Complete list of allowed IP addresses and CIDR ranges. If empty, access isn't restricted, unless the resource has rules for virtual
    /// networks, which then apply alone.</summary>
    public IReadOnlyList<string>? AllowedIpRange { get; init; }

    /// <summary>True for Entra ID only, without keys.</summary>
    public bool? DisableLocalAuth { get; init; }

    /// <summary>None, SystemAssigned, UserAssigned or both. Null with <see cref="UserAssignedIdentity"/> adds UserAssigned to the existing type.</summary>
    public string? IdentityType { get; init; }

    /// <summary>Complete list of the Azure Resource Manager IDs of the user-assigned identities; may be empty.</summary>
    public IReadOnlyList<string>? UserAssignedIdentity { get; init; }

    /// <summary>Creates the resource group if it doesn't exist.</summary>
    public bool CreateResourceGroup { get; init; }

    /// <summary>Registers the resource provider if it isn't registered.</summary>
    public bool RegisterProvider { get; init; }

    /// <summary>True to update an existing resource instead of failing.</summary>
    public bool Ensure { get; init; }

    /// <summary>Restores a soft-deleted resource with this name.</summary>
    public bool RestoreDeleted { get; init; }

    /// <summary>Purges a soft-deleted resource with this name first.</summary>
    public bool PurgeDeleted { get; init; }

    /// <summary>True to return when the service has accepted the request.</summary>
    public bool NoWait { get; init; }

    internal string KindOrUsual => Kind ?? "OpenAI";
}

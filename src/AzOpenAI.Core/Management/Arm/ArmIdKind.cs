namespace AzOpenAI.Core.Management.Arm;

/// <summary>What an Azure Resource Manager id names.</summary>
public enum ArmIdKind
{
    /// <summary>Something that this module has no object for.</summary>
    Other,

    /// <summary>A subscription.</summary>
    Subscription,

    /// <summary>A resource group.</summary>
    ResourceGroup,

    /// <summary>An account: the resource itself.</summary>
    Resource,

    /// <summary>A soft-deleted account.</summary>
    DeletedResource,

    /// <summary>A deployment of an account.</summary>
    Deployment,

    /// <summary>A content filter of an account.</summary>
    ContentFilter,

    /// <summary>A blocklist of an account.</summary>
    Blocklist,

    /// <summary>An item of a blocklist.</summary>
    BlocklistItem,

    /// <summary>A role assignment at any scope.</summary>
    RoleAssignment,
}

namespace AzOpenAI.Core.Management.Arm;

/// <summary>The kind of object that an Azure Resource Manager ID identifies.</summary>
public enum ArmIdKind
{
    /// <summary>An object that this module doesn't manage.</summary>
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

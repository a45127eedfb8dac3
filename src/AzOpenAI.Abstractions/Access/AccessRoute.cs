namespace AzOpenAI;

/// <summary>By which ways a role opens the data plane of a resource.</summary>
[Flags]
public enum AccessRoute : long
{
    /// <summary>By none.</summary>
    None = 0,

    /// <summary>By an Entra ID token.</summary>
    Token = 1,

    /// <summary>By the keys, which the role may read.</summary>
    Keys = 2,

    /// <summary>Nobody knows: the definition of the role could not be read.</summary>
    Unknown = 4,
}

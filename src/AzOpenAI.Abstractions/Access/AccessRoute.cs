namespace AzOpenAI;

/// <summary>How a role grants access to the data plane of a resource.</summary>
[Flags]
public enum AccessRoute : long
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>With an Entra ID token.</summary>
    Token = 1,

    /// <summary>With the keys, which the role can read.</summary>
    Keys = 2,

    /// <summary>Unknown: the role definition couldn't be read.</summary>
    Unknown = 4,
}

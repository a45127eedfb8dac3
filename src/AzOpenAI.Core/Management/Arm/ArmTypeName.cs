namespace AzOpenAI.Core.Management.Arm;

/// <summary>Types of objects that stand below accounts and that this module does not manage, in words.</summary>
internal static class ArmTypeName
{
    /// <summary>With its article: <c>a lock</c>; the type itself where there is no word for it.</summary>
    public static string Describe(string type) => type.ToUpperInvariant() switch
    {
        "MICROSOFT.COGNITIVESERVICES/ACCOUNTS/PRIVATEENDPOINTCONNECTIONS" => "a private endpoint connection",
        "MICROSOFT.COGNITIVESERVICES/ACCOUNTS/PROJECTS" => "a project",
        "MICROSOFT.COGNITIVESERVICES/ACCOUNTS/CONNECTIONS" => "an account connection",
        "MICROSOFT.AUTHORIZATION/LOCKS" => "a lock",
        "MICROSOFT.INSIGHTS/DIAGNOSTICSETTINGS" => "a diagnostic setting",
        _ => $"an object of the type {type}",
    };
}

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Names of the types of child objects of accounts that this module doesn't manage.</summary>
internal static class ArmTypeName
{
    /// <summary>The name with its article, <c>a lock</c>; the type itself if there is no name for it.</summary>
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

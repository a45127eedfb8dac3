namespace AzOpenAI.Core.Authentication;

/// <summary>Checks that a caller's token is for the service: one for Azure Resource Manager must not be sent to others.</summary>
internal static class TokenAudience
{
    // The former URL, which tokens of older tools still use.
    private static readonly Dictionary<string, string> Older = new(StringComparer.OrdinalIgnoreCase)
    {
        ["https://management.azure.com"] = "https://management.core.windows.net",
        ["https://management.usgovcloudapi.net"] = "https://management.core.usgovcloudapi.net",
        ["https://management.chinacloudapi.cn"] = "https://management.core.chinacloudapi.cn",
    };

    /// <summary>True if the audience is the service of the scope.</summary>
    /// <param name="audience">The <c>aud</c> of the token, or null.</param>
    /// <param name="scope">The scope that a token is needed for, ending in <c>/.default</c>.</param>
    /// <param name="managementScope">The scope of Azure Resource Manager in the cloud.</param>
    public static bool Fits(string? audience, string scope, string managementScope)
    {
        string wanted = Service(scope);
        bool isManagement = wanted.Equals(Service(managementScope), StringComparison.OrdinalIgnoreCase);
        // A token without an audience was specified as one for Azure Resource Manager, which then decides.
        if (audience is null || Guid.TryParse(audience, out _))
            return isManagement || (audience is not null && wanted.Equals($"api://{audience}", StringComparison.OrdinalIgnoreCase));
        string service = audience.TrimEnd('/');
        return service.Equals(wanted, StringComparison.OrdinalIgnoreCase)
            || (isManagement && Older.Any(o => Pair(o, service, wanted) || Pair(o, wanted, service)));
    }

    /// <summary>The service of a scope: its URL without a trailing slash.</summary>
    public static string Service(string scope) =>
        (scope.EndsWith("/.default", StringComparison.OrdinalIgnoreCase) ? scope[..^"/.default".Length] : scope).TrimEnd('/');

    private static bool Pair(KeyValuePair<string, string> known, string present, string older) =>
        known.Key.Equals(present, StringComparison.OrdinalIgnoreCase) && known.Value.Equals(older, StringComparison.OrdinalIgnoreCase);
}

namespace AzOpenAI.Core.Authentication;

/// <summary>Whether a token that a caller brought is for a service: one for Azure Resource Manager is not to be shown to anybody else.</summary>
internal static class TokenAudience
{
    // The address before the present one, which tokens of older tools still name.
    private static readonly Dictionary<string, string> Older = new(StringComparer.OrdinalIgnoreCase)
    {
        ["https://management.azure.com"] = "https://management.core.windows.net",
        ["https://management.usgovcloudapi.net"] = "https://management.core.usgovcloudapi.net",
        ["https://management.chinacloudapi.cn"] = "https://management.core.chinacloudapi.cn",
    };

    /// <summary>True where the audience is the service of the scope.</summary>
    /// <param name="audience">The <c>aud</c> of the token; null: it does not say.</param>
    /// <param name="scope">What a token is wanted for, ending in <c>/.default</c>.</param>
    /// <param name="managementScope">The scope of Azure Resource Manager in the cloud.</param>
    public static bool Fits(string? audience, string scope, string managementScope)
    {
        string wanted = Service(scope);
        bool isManagement = wanted.Equals(Service(managementScope), StringComparison.OrdinalIgnoreCase);
        // What does not say whom it is for was brought for Azure Resource Manager, as was asked for; that one has the last word on it.
        if (audience is null || Guid.TryParse(audience, out _))
            return isManagement || (audience is not null && wanted.Equals($"api://{audience}", StringComparison.OrdinalIgnoreCase));
        string service = audience.TrimEnd('/');
        return service.Equals(wanted, StringComparison.OrdinalIgnoreCase)
            || (isManagement && Older.Any(o => Pair(o, service, wanted) || Pair(o, wanted, service)));
    }

    /// <summary>The service of a scope: its address without a slash at the end.</summary>
    public static string Service(string scope) =>
        (scope.EndsWith("/.default", StringComparison.OrdinalIgnoreCase) ? scope[..^"/.default".Length] : scope).TrimEnd('/');

    private static bool Pair(KeyValuePair<string, string> known, string present, string older) =>
        known.Key.Equals(present, StringComparison.OrdinalIgnoreCase) && known.Value.Equals(older, StringComparison.OrdinalIgnoreCase);
}

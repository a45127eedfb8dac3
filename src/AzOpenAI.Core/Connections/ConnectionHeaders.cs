using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Connections;

/// <summary>The headers that a connection adds.</summary>
internal static class ConnectionHeaders
{
    /// <summary>The header of a subscription of Azure API Management.</summary>
    public const string SubscriptionKey = "Ocp-Apim-Subscription-Key";

    private static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase) { SubscriptionKey, "api-key", "x-api-key", "Authorization", "Proxy-Authorization", "Cookie" };

    /// <summary>A copy in which the text of headers that are known to carry secrets is protected, so that it is not shown.</summary>
    public static Dictionary<string, object> Protect(IReadOnlyDictionary<string, object> headers)
    {
        HeaderRules.Check(headers);
        Dictionary<string, object> result = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object value) in headers)
            result[name] = value is string text && Secret.Contains(name) ? SecureText.Protect(text) : value;
        return result;
    }
}

using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Connections;

/// <summary>The headers that a connection adds.</summary>
internal static class ConnectionHeaders
{
    /// <summary>The subscription key header of Azure API Management.</summary>
    public const string SubscriptionKey = "Ocp-Apim-Subscription-Key";

    private static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase) { SubscriptionKey, "api-key", "x-api-key", "Authorization", "Proxy-Authorization", "Cookie" };

    /// <summary>Returns a copy in which the values of headers that are known to be secret are SecureStrings, so that they aren't shown.</summary>
    public static Dictionary<string, object> Protect(IReadOnlyDictionary<string, object> headers)
    {
        HeaderRules.Check(headers);
        Dictionary<string, object> result = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object value) in headers)
            result[name] = value is string text && Secret.Contains(name) ? SecureText.Protect(text) : value;
        return result;
    }
}

using System.Buffers;
using System.Security;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane;

/// <summary>The headers that a connection adds.</summary>
internal static class ConnectionHeaders
{
    /// <summary>The header of a subscription of Azure API Management.</summary>
    public const string SubscriptionKey = "Ocp-Apim-Subscription-Key";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase) { SubscriptionKey, "api-key", "x-api-key", "Authorization", "Proxy-Authorization", "Cookie" };

    /// <summary>Refuses what cannot be sent.</summary>
    /// <exception cref="AzOpenAIException">HeaderInvalid.</exception>
    public static void Check(IReadOnlyDictionary<string, object> headers)
    {
        foreach ((string name, object value) in headers)
        {
            CheckName(name);
            // A secret is looked at when it is used, and no earlier.
            if (value is not (SecureString or SecretReference) && (value is not string text || text.AsSpan().ContainsAnyExceptInRange('\x20', '\x7e')))
                throw Failure.Of(nameof(Messages.HeaderInvalid), ErrorKind.InvalidInput, name, "its value is no text of one line in ASCII");
        }
    }

    /// <inheritdoc cref="Check"/>
    public static void CheckName(string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
            throw Failure.Of(nameof(Messages.HeaderInvalid), ErrorKind.InvalidInput, name, "its name has characters that a header's name cannot have");
    }

    /// <summary>A copy in which the text of headers that are known to carry secrets is protected, so that it is not shown.</summary>
    public static Dictionary<string, object> Protect(IReadOnlyDictionary<string, object> headers)
    {
        Check(headers);
        Dictionary<string, object> result = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object value) in headers)
            result[name] = value is string text && Secret.Contains(name) ? SecureText.Protect(text) : value;
        return result;
    }
}

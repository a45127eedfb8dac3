using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Authentication;

/// <summary>
/// Which hosts of the data plane get an Entra ID token: those of the cloud that issued it, and the one that the user allowed for the connection. Checked when
/// a token is added to a request, wherever the connection comes from, and before that when a connection is created.
/// </summary>
internal static class TokenHosts
{
    private const string OpenAI = "openai.com";

    /// <summary>Rejects a host that the token mustn't be sent to. Loopback is checked separately: see EntraTokenWithheld.</summary>
    /// <param name="target">The URL of the request.</param>
    /// <param name="trusted"><see cref="Connection.TrustedHost"/>.</param>
    /// <param name="cloud">The cloud that issues the token.</param>
    /// <exception cref="AzOpenAIException">EntraTokenHostForeign, EntraTokenNotSupported.</exception>
    public static void Check(Uri target, string? trusted, CloudEnvironment cloud)
    {
        string host = target.IdnHost.TrimEnd('.').ToLowerInvariant();
        if (host == OpenAI || host.EndsWith("." + OpenAI, StringComparison.Ordinal))
            throw Failure.Of(nameof(Messages.EntraTokenNotSupported), ErrorKind.InvalidInput, target.IdnHost);
        if (Loopback.Is(target) || IsTrusted(target, trusted) || IsOf(cloud, target))
            return;
        string reason = cloud.DataPlaneSuffixes.Count > 0 ? $"it isn't a host of {cloud.Name}"
            : cloud.IsEmulator ? "the session is connected to an emulator"
            : $"the hosts of the cloud '{cloud.Name}' aren't known";
        throw Failure.Of(nameof(Messages.EntraTokenHostForeign), ErrorKind.InvalidInput, Name(target), reason);
    }

    /// <summary>As <see cref="Check"/> for a connection that is being created: with the cloud of its host name, since the session may connect later.</summary>
    /// <exception cref="AzOpenAIException">EntraTokenHostForeign, EntraTokenNotSupported.</exception>
    public static void CheckNew(Connection connection)
    {
        if (connection.Authentication == AuthenticationKind.EntraId)
            Check(connection.Endpoint, connection.TrustedHost, CloudSelection.OfEndpoint(connection.Endpoint));
    }

    /// <summary>The host as a user allows it: normalized, with the port if it isn't 443.</summary>
    public static string Name(Uri endpoint) => endpoint.IdnHost.ToLowerInvariant() + (endpoint is { Scheme: "https", Port: 443 } ? "" : $":{endpoint.Port}");

    /// <summary>True for a resource of the cloud: https on 443, and one label below one of the cloud's domains, like its certificates.</summary>
    public static bool IsOf(CloudEnvironment cloud, Uri target)
    {
        if (target.Scheme != Uri.UriSchemeHttps || target.Port != 443 || target.UserInfo.Length > 0)
            return false;
        // The name that is resolved: that of a Unicode look-alike differs.
        string host = target.IdnHost;
        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && cloud.DataPlaneSuffixes.Contains(host[(dot + 1)..], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reports in a verbose message, the first time in a session, that a host is sent a token.</summary>
    public static void Tell(Uri target, string scope, ServiceOptions options)
    {
        string host = Name(target);
        string audience = TokenAudience.Service(scope);
        if (options.TokenUses.IsFirst(host, audience))
            options.Reporter.Verbose($"Sending an Entra ID token for {audience} to {host}.");
    }

    private static bool IsTrusted(Uri target, string? trusted) =>
        trusted is not null && target.Scheme == Uri.UriSchemeHttps && target.UserInfo.Length == 0 && trusted.Equals(Name(target), StringComparison.OrdinalIgnoreCase);
}

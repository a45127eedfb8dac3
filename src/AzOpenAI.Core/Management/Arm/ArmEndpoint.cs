using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Which URLs a token may be sent to.</summary>
internal static class ArmEndpoint
{
    /// <summary>Rejects plain http except for loopback, a real token for loopback, and the dummy token for other hosts.</summary>
    /// <exception cref="AzOpenAIException">EndpointInsecure, EntraTokenWithheld, EmulatorNotOnLoopback.</exception>
    public static void Check(CloudEnvironment environment, CredentialSource source)
    {
        Uri endpoint = environment.ManagementEndpoint;
        bool loopback = Loopback.Is(endpoint);
        if (source == CredentialSource.Emulator)
        {
            if (!loopback)
                throw Failure.Of(nameof(Messages.EmulatorNotOnLoopback), ErrorKind.InvalidInput, endpoint);
            return;
        }

        if (loopback)
            throw Failure.Of(nameof(Messages.EntraTokenWithheld), ErrorKind.InvalidInput, endpoint.Host);
        if (endpoint.Scheme != Uri.UriSchemeHttps)
            throw Failure.Of(nameof(Messages.EndpointInsecure), ErrorKind.InvalidInput, endpoint);
    }

    /// <summary>Makes a link from the service absolute; it must be on the service's own host.</summary>
    /// <exception cref="AzOpenAIException">ForeignLink.</exception>
    public static Uri Follow(Uri endpoint, Uri from, string link)
    {
        if (!Uri.TryCreate(from, link, out Uri? target))
            throw Foreign("(no address)", endpoint);
        CheckOwn(endpoint, target);
        return target;
    }

    /// <summary>Rejects any URL but those of the service, because its token is sent there.</summary>
    /// <exception cref="AzOpenAIException">ForeignLink.</exception>
    public static void CheckOwn(Uri endpoint, Uri target)
    {
        if (target.Scheme != endpoint.Scheme || target.Port != endpoint.Port || target.UserInfo.Length > 0
            || !target.IdnHost.Equals(endpoint.IdnHost, StringComparison.OrdinalIgnoreCase))
            throw Foreign(Origin(target), endpoint);
    }

    private static AzOpenAIException Foreign(string target, Uri endpoint) => Failure.Of(nameof(Messages.ForeignLink), ErrorKind.InvalidResponse, target, Origin(endpoint));

    // Without the user and the query, which contains a signature in a polling link.
    private static string Origin(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}

using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Which addresses a token may go to.</summary>
internal static class ArmEndpoint
{
    /// <summary>Refuses plain http beyond loopback, a real token to loopback, the dummy token elsewhere.</summary>
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

    /// <summary>A link that the service gave, absolute; only on the service's own host.</summary>
    /// <exception cref="AzOpenAIException">ForeignLink.</exception>
    public static Uri Follow(Uri endpoint, Uri from, string link)
    {
        if (!Uri.TryCreate(from, link, out Uri? target))
            throw Foreign("(no address)", endpoint);
        CheckOwn(endpoint, target);
        return target;
    }

    /// <summary>Refuses any address but those of the service: a token of it is sent there.</summary>
    /// <exception cref="AzOpenAIException">ForeignLink.</exception>
    public static void CheckOwn(Uri endpoint, Uri target)
    {
        if (target.Scheme != endpoint.Scheme || target.Port != endpoint.Port || target.UserInfo.Length > 0
            || !target.IdnHost.Equals(endpoint.IdnHost, StringComparison.OrdinalIgnoreCase))
            throw Foreign(Origin(target), endpoint);
    }

    private static AzOpenAIException Foreign(string target, Uri endpoint) => Failure.Of(nameof(Messages.ForeignLink), ErrorKind.InvalidResponse, target, Origin(endpoint));

    // Without a user, and without the query, which in a poll link is signed.
    private static string Origin(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}

using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Authentication;

/// <summary>The emulator as a cloud.</summary>
public static class EmulatorEnvironment
{
    /// <summary>Creates the environment of an emulator at a base URL.</summary>
    /// <param name="baseUri">Base URL on loopback, such as <c>http://127.0.0.1:8080/</c>.</param>
    /// <exception cref="AzOpenAIException">EmulatorNotOnLoopback: the dummy token isn't valid elsewhere.</exception>
    public static CloudEnvironment Create(Uri baseUri)
    {
        ArgumentNullException.ThrowIfNull(baseUri);
        if (!baseUri.IsAbsoluteUri || baseUri.Scheme is not ("http" or "https") || !Loopback.Is(baseUri) || baseUri.UserInfo.Length > 0)
            throw Failure.Of(nameof(Messages.EmulatorNotOnLoopback), ErrorKind.InvalidInput, ShownText.Address(baseUri));

        var root = new Uri(baseUri.GetLeftPart(UriPartial.Authority) + "/");
        string scope = root.AbsoluteUri + ".default";
        return new CloudEnvironment
        {
            Name = "Emulator",
            ManagementEndpoint = root,
            ManagementScope = scope,
            AuthorityHost = root,
            DataPlaneScope = scope,
            DataPlaneV1Scope = scope,
            IsEmulator = true,
        };
    }
}

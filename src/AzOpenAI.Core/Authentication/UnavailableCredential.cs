using Azure.Core;
using Azure.Identity;

namespace AzOpenAI.Core.Authentication;

/// <summary>A credential of a chain that can't provide a token, with the reason for the chain's error.</summary>
internal sealed class UnavailableCredential(string reason) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new CredentialUnavailableException(reason);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new CredentialUnavailableException(reason);
}

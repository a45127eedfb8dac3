using Azure.Core;
using Azure.Identity;

namespace AzOpenAI.Core.Authentication;

/// <summary>A credential of a chain whose failure doesn't end the chain.</summary>
internal sealed class OptionalCredential(TokenCredential inner, string name) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Only asynchronous requests are supported.");

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationFailedException or AzOpenAIException)
        {
            throw new CredentialUnavailableException($"{name}: {e.Message}", e);
        }
    }
}

using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using Azure.Core;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Adapts a token source to the SDK, for the endpoint of Azure Resource Manager.</summary>
internal sealed class TokenSourceCredential(TokenSource source, ServiceOptions options, Uri endpoint) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Only asynchronous requests are supported.");

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        IssuedToken token = await TokenRequest.GetAsync(source, requestContext.Scopes[0], requestContext.TenantId, requestContext.Claims, options, cancellationToken)
            .ConfigureAwait(false);
        TokenHosts.Tell(endpoint, requestContext.Scopes[0], options);
        return new AccessToken(token.Value, token.ExpiresOn);
    }
}

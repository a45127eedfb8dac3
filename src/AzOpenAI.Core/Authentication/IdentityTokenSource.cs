using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Core;

namespace AzOpenAI.Core.Authentication;

/// <summary>
/// Tokens of Azure.Identity. The credential is made with the first token, so that a session that never leaves the emulator never loads the package.
/// Tokens are kept until shortly before their end: the credentials of command-line tools start a process for each.
/// </summary>
internal sealed class IdentityTokenSource(CredentialOptions options, CloudEnvironment environment) : TokenSource
{
    private static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Scope, string? Tenant), IssuedToken> _tokens = new();
    private readonly Lock _lock = new();
    private TokenCredential? _credential;

    public override CredentialSource Source => options.Source;

    internal override ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, CancellationToken cancellationToken) =>
        GetTokenAsync(scope, tenantId, null, cancellationToken);

    /// <summary>A token that meets the claims of a challenge; without claims, one of those kept.</summary>
    internal async ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken)
    {
        if (claims is null && _tokens.TryGetValue((scope, tenantId), out IssuedToken kept) && kept.ExpiresOn - RefreshBefore > DateTimeOffset.UtcNow)
            return kept;

        IssuedToken issued = await RequestAsync(scope, tenantId, claims, cancellationToken).ConfigureAwait(false);
        _tokens[(scope, tenantId)] = issued;
        return issued;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async ValueTask<IssuedToken> RequestAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken)
    {
        TokenCredential credential = Credential();
        try
        {
            var request = new TokenRequestContext([scope], claims: claims, tenantId: tenantId, isCaeEnabled: false);
            AccessToken token = await credential.GetTokenAsync(request, cancellationToken).ConfigureAwait(false);
            return new IssuedToken(token.Token, token.ExpiresOn);
        }
        catch (Exception e) when (CredentialFailure.Is(e, cancellationToken))
        {
            throw CredentialFailure.ToException(e, options, environment);
        }
    }

    private TokenCredential Credential()
    {
        lock (_lock)
            return _credential ??= CredentialFactory.Create(options, environment);
    }
}

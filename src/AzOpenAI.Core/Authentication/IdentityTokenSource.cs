using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Core;
using Azure.Identity;

namespace AzOpenAI.Core.Authentication;

/// <summary>
/// Tokens of Azure.Identity. The credential is created with the first token, so that a session that only uses the emulator doesn't load the package.
/// Tokens are cached until shortly before they expire: the credentials of command-line tools start a process for each.
/// </summary>
internal sealed class IdentityTokenSource(CredentialOptions options, CloudEnvironment environment, CredentialHost host) : TokenSource
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Scope, string? Tenant), (IssuedToken Token, DateTimeOffset RefreshOn)> _tokens = new();
    private readonly Lock _lock = new();
    private object? _credential;
    private Task? _login;
    private bool _loggedIn;

    public override CredentialSource Source => options.Source;

    internal override IssuedToken? Kept(string scope, string? tenantId) =>
        _tokens.TryGetValue((scope, tenantId), out (IssuedToken Token, DateTimeOffset RefreshOn) kept) && kept.RefreshOn > DateTimeOffset.UtcNow ? kept.Token : null;

    internal override async ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken)
    {
        if (claims is null && Kept(scope, tenantId) is IssuedToken kept)
            return kept;

        IssuedToken issued = await RequestAsync(scope, tenantId, claims, cancellationToken).ConfigureAwait(false);
        _tokens[(scope, tenantId)] = (issued, issued.ExpiresOn - Margin(issued.ExpiresOn - DateTimeOffset.UtcNow));
        return issued;
    }

    // A token that is valid for a minute must not be requested again for every request.
    private static TimeSpan Margin(TimeSpan lifetime) => lifetime / 5 < LongestMargin ? lifetime / 5 : LongestMargin;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async ValueTask<IssuedToken> RequestAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken)
    {
        TokenCredential credential = Credential();
        try
        {
            // Claims challenges are handled on both planes, so tokens may be revocable (CAE). Always the same kind, because the sign-in is cached per kind.
            var request = new TokenRequestContext([scope], claims: claims, tenantId: tenantId, isCaeEnabled: true);
            await LogInAsync(credential, request, cancellationToken).ConfigureAwait(false);
            AccessToken token = await credential.GetTokenAsync(request, cancellationToken).ConfigureAwait(false);
            return new IssuedToken(token.Token, token.ExpiresOn);
        }
        catch (Exception e) when (CredentialFailure.Is(e, cancellationToken))
        {
            throw CredentialFailure.ToException(e, options, environment);
        }
    }

    /// <summary>Prompts the user once, for the first token. Later ones are acquired silently or fail: the prompt wouldn't be seen.</summary>
    private async ValueTask LogInAsync(TokenCredential credential, TokenRequestContext request, CancellationToken cancellationToken)
    {
        if (_loggedIn || options.Source is not (CredentialSource.DeviceCode or CredentialSource.Interactive))
            return;
        Task login;
        lock (_lock)
        {
            // One request for all concurrent callers. A sign-in that failed or was canceled may be tried again.
            if (_login is null || _login.IsCompleted)
                _login = AskAsync(credential, request, cancellationToken);
            login = _login;
        }

        await login.WaitAsync(cancellationToken).ConfigureAwait(false);
        _loggedIn = true;
    }

    private static Task AskAsync(TokenCredential credential, TokenRequestContext request, CancellationToken cancellationToken) => credential switch
    {
        DeviceCodeCredential code => code.AuthenticateAsync(request, cancellationToken),
        InteractiveBrowserCredential browser => browser.AuthenticateAsync(request, cancellationToken),
        _ => Task.CompletedTask,
    };

    private TokenCredential Credential()
    {
        lock (_lock)
            return (TokenCredential)(_credential ??= CredentialFactory.Create(options, environment, host));
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Core;
using Azure.Identity;

namespace AzOpenAI.Core.Authentication;

/// <summary>
/// Tokens of Azure.Identity. The credential is made with the first token, so that a session that never leaves the emulator never loads the package.
/// Tokens are kept until shortly before their end: the credentials of command-line tools start a process for each.
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

    // A token of a minute must not be asked for anew with every request.
    private static TimeSpan Margin(TimeSpan lifetime) => lifetime / 5 < LongestMargin ? lifetime / 5 : LongestMargin;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async ValueTask<IssuedToken> RequestAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken)
    {
        TokenCredential credential = Credential();
        try
        {
            // Claims challenges are answered on both planes, so tokens may be of the kind that can be revoked at once. One kind for all: a login holds for one only.
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

    /// <summary>Asks the person once, for the first token. Later ones come silently or not at all: nobody would see the question.</summary>
    private async ValueTask LogInAsync(TokenCredential credential, TokenRequestContext request, CancellationToken cancellationToken)
    {
        if (_loggedIn || options.Source is not (CredentialSource.DeviceCode or CredentialSource.Interactive))
            return;
        Task login;
        lock (_lock)
        {
            // One question for all that ask at once. A login that failed or was given up may be tried again.
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

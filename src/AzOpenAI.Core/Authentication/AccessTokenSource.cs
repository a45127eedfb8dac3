using System.Globalization;
using System.Security;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Authentication;

/// <summary>A token that the caller provides. Expiry and audience are read from it: an expired token isn't sent, and none is sent to another service.</summary>
internal sealed class AccessTokenSource : TokenSource
{
    private readonly SecureString _token;
    private readonly string _managementScope;
    private readonly string? _audience;
    private readonly DateTimeOffset _expiresOn;

    public AccessTokenSource(SecureString token, string managementScope)
    {
        _managementScope = managementScope;
        _token = token.Copy();
        _token.MakeReadOnly();
        string text = SecureText.Reveal(_token);
        if (text.Length == 0 || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c > 126))
            throw Failure.Of(nameof(Messages.TokenMalformed), ErrorKind.InvalidInput, text.Length == 0 ? "is empty" : "contains spaces or other invalid characters");
        TokenClaims? claims = TokenClaims.Read(text);
        _audience = claims?.Audience;
        _expiresOn = claims?.ExpiresOn ?? DateTimeOffset.MaxValue;
    }

    public override CredentialSource Source => CredentialSource.AccessToken;

    internal override ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken)
    {
        // The real clock: the token comes from Entra ID, not from the service, whose time may be simulated.
        if (_expiresOn <= DateTimeOffset.UtcNow)
        {
            throw Failure.Of(
                nameof(Messages.TokenExpired), ErrorKind.Authentication, "at " + _expiresOn.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        }

        if (!TokenAudience.Fits(_audience, scope, _managementScope))
            throw Failure.Of(nameof(Messages.TokenAudienceOther), ErrorKind.Authentication, _audience ?? TokenAudience.Service(_managementScope), TokenAudience.Service(scope));

        return new(new IssuedToken(SecureText.Reveal(_token), _expiresOn));
    }
}

namespace AzOpenAI.Core.Authentication;

/// <summary>The tokens of a login for another tenant than its own. The login is shared: nobody is asked twice.</summary>
internal sealed class TenantTokenSource(TokenSource login, string tenant) : TokenSource
{
    public override CredentialSource Source => login.Source;

    internal override IssuedToken? Kept(string scope, string? tenantId) => login.Kept(scope, tenantId ?? tenant);

    internal override ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken) =>
        login.GetTokenAsync(scope, tenantId ?? tenant, claims, cancellationToken);
}

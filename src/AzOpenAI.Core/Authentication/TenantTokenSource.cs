namespace AzOpenAI.Core.Authentication;

/// <summary>Tokens for another tenant than that of the sign-in. The sign-in is shared, so that the user isn't prompted twice.</summary>
internal sealed class TenantTokenSource(TokenSource login, string tenant) : TokenSource
{
    public override CredentialSource Source => login.Source;

    internal override IssuedToken? Kept(string scope, string? tenantId) => login.Kept(scope, tenantId ?? tenant);

    internal override ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken) =>
        login.GetTokenAsync(scope, tenantId ?? tenant, claims, cancellationToken);
}

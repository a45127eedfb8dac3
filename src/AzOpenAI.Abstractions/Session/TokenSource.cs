namespace AzOpenAI;

/// <summary>Provides Entra ID tokens. Opaque: no member is public, so that tokens aren't printed.</summary>
public abstract class TokenSource
{
    private protected TokenSource()
    {
    }

    /// <summary>The source of the tokens.</summary>
    public abstract CredentialSource Source { get; }

    /// <summary>Returns a token for the scope, cached and refreshed by the source.</summary>
    /// <param name="scope">The scope of the token, ending in <c>/.default</c>.</param>
    /// <param name="tenantId">Tenant instead of the source's own.</param>
    /// <param name="claims">Claims of a challenge, JSON: cached tokens don't have them.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    internal abstract ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken);

    /// <inheritdoc cref="GetTokenAsync(string, string?, string?, CancellationToken)"/>
    internal ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, CancellationToken cancellationToken) =>
        GetTokenAsync(scope, tenantId, null, cancellationToken);

    /// <summary>Returns a cached token; null if one must be requested.</summary>
    internal virtual IssuedToken? Kept(string scope, string? tenantId) => null;
}

/// <summary>A bearer token and its expiry, by the real clock.</summary>
internal readonly record struct IssuedToken(string Value, DateTimeOffset ExpiresOn)
{
    public override string ToString() => "IssuedToken";
}

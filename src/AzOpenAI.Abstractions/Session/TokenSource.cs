namespace AzOpenAI;

/// <summary>Gives Entra ID tokens to the services. Opaque outside: a token is nothing to print, so no member of it is public.</summary>
public abstract class TokenSource
{
    private protected TokenSource()
    {
    }

    /// <summary>Where the tokens come from.</summary>
    public abstract CredentialSource Source { get; }

    /// <summary>A token for the scope, cached and refreshed by the source.</summary>
    /// <param name="scope">What the token is for, ending in <c>/.default</c>.</param>
    /// <param name="tenantId">Tenant instead of the source's own.</param>
    /// <param name="claims">Claims of a challenge, JSON: no token of the cache meets them.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    internal abstract ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken);

    /// <inheritdoc cref="GetTokenAsync(string, string?, string?, CancellationToken)"/>
    internal ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, CancellationToken cancellationToken) =>
        GetTokenAsync(scope, tenantId, null, cancellationToken);

    /// <summary>A token that is at hand; null where one has to be asked for.</summary>
    internal virtual IssuedToken? Kept(string scope, string? tenantId) => null;
}

/// <summary>A bearer token and its end, real clock.</summary>
internal readonly record struct IssuedToken(string Value, DateTimeOffset ExpiresOn)
{
    public override string ToString() => "IssuedToken";
}

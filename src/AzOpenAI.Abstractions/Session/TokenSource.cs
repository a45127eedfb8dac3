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
    internal abstract ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, CancellationToken cancellationToken);
}

/// <summary>A bearer token and its end, real clock.</summary>
internal readonly record struct IssuedToken(string Value, DateTimeOffset ExpiresOn)
{
    public override string ToString() => "IssuedToken";
}

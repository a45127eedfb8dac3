using System.Security;

namespace AzOpenAI;

/// <summary>Where and how the data plane is called.</summary>
public sealed record Connection : IConnectionSource
{
    /// <summary>Name under which the session keeps it, or the resource's name.</summary>
    public string? Name { get; init; }

    /// <summary>Normalised base, with a trailing slash: scheme, host and the path before <c>openai/</c> (Azure), or the full base (OpenAI, relay).</summary>
    public required Uri Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>The dialect.</summary>
    public ConnectionKind Kind { get; init; }

    /// <summary>Dated api-version, <c>yyyy-MM-dd</c> or <c>yyyy-MM-dd-preview</c>; null on v1 and OpenAI.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Default deployment (Azure) or model (OpenAI).</summary>
    public string? Deployment { get; init; }

    /// <summary>How it proves itself.</summary>
    public AuthenticationKind Authentication { get; init; }

    /// <summary>The key, for <see cref="AuthenticationKind.ApiKey"/>.</summary>
    public SecureString? Key { get; init; }

    /// <summary>Where the key is read when it is needed, for <see cref="AuthenticationKind.ApiKey"/>.</summary>
    public SecretReference? KeyReference { get; init; }

    /// <summary>More headers, sent with every request. A SecureString or <see cref="SecretReference"/> value is secret, a string value is not.</summary>
    public IReadOnlyDictionary<string, object> Headers { get; init => field = ShownDictionary<object>.Of(value); } = new ShownDictionary<object>();

    /// <summary>Token scope where the default of the cloud does not fit.</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// Host (with its port where that isn't 443) that the user allowed to get Entra ID tokens although it isn't one of the cloud's own; null for none. It names the
    /// host, so that the permission doesn't pass to another <see cref="Endpoint"/>.
    /// </summary>
    public string? TrustedHost { get; init; }

    /// <summary>Azure Resource Manager id of the resource behind it, where known.</summary>
    public string? ResourceId { get; init; }

    /// <summary>True where the session uses it when no other is named.</summary>
    public bool IsDefault { get; init; }

    Connection IConnectionSource.Connection => this;

    /// <inheritdoc/>
    public override string ToString() => Name ?? Endpoint.ToString();
}

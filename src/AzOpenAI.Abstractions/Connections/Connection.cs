using System.Security;

namespace AzOpenAI;

/// <summary>Endpoint, credential and defaults for the data plane.</summary>
public sealed record Connection : IConnectionSource
{
    /// <summary>Name in the session, or the resource's name.</summary>
    public string? Name { get; init; }

    /// <summary>Normalized base URL, with a trailing slash: scheme, host and the path before <c>openai/</c> (Azure), or the full base URL (OpenAI, relay).</summary>
    public required Uri Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>The dialect.</summary>
    public ConnectionKind Kind { get; init; }

    /// <summary>Dated API version, <c>yyyy-MM-dd</c> or <c>yyyy-MM-dd-preview</c>; null on v1 and OpenAI.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Default deployment (Azure) or model (OpenAI).</summary>
    public string? Deployment { get; init; }

    /// <summary>How it authenticates.</summary>
    public AuthenticationKind Authentication { get; init; }

    /// <summary>The key, for <see cref="AuthenticationKind.ApiKey"/>.</summary>
    public SecureString? Key { get; init; }

    /// <summary>Where to read the key when it is needed, for <see cref="AuthenticationKind.ApiKey"/>.</summary>
    public SecretReference? KeyReference { get; init; }

    /// <summary>Additional headers of every request. A SecureString or <see cref="SecretReference"/> value is secret, a string value isn't.</summary>
    public IReadOnlyDictionary<string, object> Headers { get; init => field = ShownDictionary<object>.Of(value); } = new ShownDictionary<object>();

    /// <summary>Token scope, if the default of the cloud isn't right.</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// Host (with its port if that isn't 443) that the user allowed to receive Entra ID tokens although it isn't one of the cloud's own; or null. It contains the
    /// host, so that the permission doesn't apply to another <see cref="Endpoint"/>.
    /// </summary>
    public string? TrustedHost { get; init; }

    /// <summary>Azure Resource Manager ID of the resource, if known.</summary>
    public string? ResourceId { get; init; }

    /// <summary>True if it is the session's default connection.</summary>
    public bool IsDefault { get; init; }

    Connection IConnectionSource.Connection => this;

    /// <inheritdoc/>
    public override string ToString() => Name ?? Endpoint.ToString();
}

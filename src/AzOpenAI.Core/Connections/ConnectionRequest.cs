using System.Security;

namespace AzOpenAI.Core.Connections;

/// <summary>The settings of a new connection, or the changes to one. Null properties aren't requested.</summary>
public sealed record ConnectionRequest
{
    /// <summary>Endpoint in any format.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Dialect instead of the one detected from the endpoint.</summary>
    public ConnectionKind? Kind { get; init; }

    /// <summary>Dated API version, or <c>v1</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Default deployment.</summary>
    public string? Deployment { get; init; }

    /// <summary>The key.</summary>
    public SecureString? Key { get; init; }

    /// <summary>Where to read the key when it is needed.</summary>
    public SecretReference? KeyReference { get; init; }

    /// <summary>Header for the key instead of the dialect's own.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>True for Entra ID, on any host, in addition to a gateway's header.</summary>
    public bool UseEntraId { get; init; }

    /// <summary>Token scope.</summary>
    public string? Scope { get; init; }

    /// <summary>Additional headers: string, SecureString or <see cref="SecretReference"/> by name.</summary>
    public IReadOnlyDictionary<string, object>? Headers { get; init; }

    internal bool HasKey => Key is not null || KeyReference is not null;

    internal bool HasCredential => HasKey || UseEntraId;
}

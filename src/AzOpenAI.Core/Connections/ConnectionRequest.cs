using System.Security;

namespace AzOpenAI.Core.Connections;

/// <summary>What a connection is to be made of, or what is to change of one. What is null is not asked for.</summary>
public sealed record ConnectionRequest
{
    /// <summary>Endpoint in any form.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Dialect instead of the one that the endpoint tells.</summary>
    public ConnectionKind? Kind { get; init; }

    /// <summary>Dated api-version, or <c>v1</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Default deployment.</summary>
    public string? Deployment { get; init; }

    /// <summary>The key.</summary>
    public SecureString? Key { get; init; }

    /// <summary>Where the key is read when it is needed.</summary>
    public SecretReference? KeyReference { get; init; }

    /// <summary>Header that carries the key instead of the dialect's own.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>True: Entra ID, on whatever host, beside the header of a gateway where there is one.</summary>
    public bool UseEntraId { get; init; }

    /// <summary>Token scope.</summary>
    public string? Scope { get; init; }

    /// <summary>More headers: string, SecureString or <see cref="SecretReference"/> by name.</summary>
    public IReadOnlyDictionary<string, object>? Headers { get; init; }

    internal bool HasKey => Key is not null || KeyReference is not null;

    internal bool HasCredential => HasKey || UseEntraId;
}

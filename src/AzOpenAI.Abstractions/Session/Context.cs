namespace AzOpenAI;

/// <summary>
/// The management-plane session: cloud, credential, tenant, subscription. Immutable; can be used with its credential in jobs and
/// parallel runspaces of the same process.
/// </summary>
public sealed record Context
{
    /// <summary>ID of the subscription, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Display name of the subscription.</summary>
    public string? SubscriptionName { get; init; }

    /// <summary>ID of the tenant, a GUID, if the service reported it.</summary>
    public string? TenantId { get; init; }

    /// <summary>The cloud.</summary>
    public required CloudEnvironment Environment { get; init; }

    /// <summary>The source of the tokens.</summary>
    public CredentialSource CredentialSource => TokenSource.Source;

    /// <summary>The user, service principal or managed identity, if the token contains it.</summary>
    public string? Account { get; init; }

    /// <summary>Azure Resource Manager ID of the default resource.</summary>
    public string? DefaultResourceId { get; init; }

    /// <summary>The deployment to use if neither the call nor its connection specifies one.</summary>
    public string? DefaultDeployment { get; init; }

    /// <summary>The default connection.</summary>
    public Connection? DefaultConnection { get; init; }

    /// <summary>Provides the tokens. Opaque.</summary>
    public required TokenSource TokenSource { get; init; }

    /// <inheritdoc/>
    public override string ToString() => SubscriptionName ?? SubscriptionId;
}

namespace AzOpenAI;

/// <summary>
/// What a session works with on the management plane: cloud, credential, tenant, subscription. Immutable; carries its credential into jobs and
/// parallel runspaces of the same process.
/// </summary>
public sealed record Context
{
    /// <summary>Id of the subscription, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Display name of the subscription.</summary>
    public string? SubscriptionName { get; init; }

    /// <summary>Id of the tenant, a GUID, where the service told.</summary>
    public string? TenantId { get; init; }

    /// <summary>The cloud.</summary>
    public required CloudEnvironment Environment { get; init; }

    /// <summary>Where the tokens come from.</summary>
    public CredentialSource CredentialSource => TokenSource.Source;

    /// <summary>The user, service principal or managed identity, where the token told.</summary>
    public string? Account { get; init; }

    /// <summary>Azure Resource Manager id of the resource that is meant where none is named.</summary>
    public string? DefaultResourceId { get; init; }

    /// <summary>The deployment that is called where neither the call nor its connection names one.</summary>
    public string? DefaultDeployment { get; init; }

    /// <summary>The connection that is used where none is named.</summary>
    public Connection? DefaultConnection { get; init; }

    /// <summary>Gives the tokens. Opaque.</summary>
    public required TokenSource TokenSource { get; init; }

    /// <inheritdoc/>
    public override string ToString() => SubscriptionName ?? SubscriptionId;
}

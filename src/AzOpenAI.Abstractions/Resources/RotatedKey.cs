using System.Security;

namespace AzOpenAI;

/// <summary>A new key with everything its clients need, which a rotation passes to the sink. A connection with that key.</summary>
public sealed record RotatedKey : IConnectionSource
{
    /// <summary>Azure Resource Manager ID of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription ID, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Base URL of the v1 API, ending in <c>/openai/v1/</c>: for the OpenAI SDKs.</summary>
    public required Uri Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Base URL without a path: for AzureOpenAI clients with a dated API version.</summary>
    public required Uri ClassicEndpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>The deployment that was piped in, which is the connection's default.</summary>
    public string? Deployment { get; init; }

    /// <summary>Which of the two keys is new.</summary>
    public required KeyName KeyName { get; init; }

    /// <summary>The new key.</summary>
    public required SecureString Key { get; init; }

    /// <summary>The other key, unchanged and valid.</summary>
    public required KeyName UnchangedKey { get; init; }

    /// <summary>Whether the data plane has accepted the new key.</summary>
    public bool Verified { get; init; }

    /// <inheritdoc/>
    public Connection Connection => new()
    {
        Name = ResourceName,
        Endpoint = ClassicEndpoint,
        Kind = ConnectionKind.AzureV1,
        Authentication = AuthenticationKind.ApiKey,
        Key = Key,
        Deployment = Deployment,
        ResourceId = ResourceId,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{KeyName} of {ResourceName}";
}

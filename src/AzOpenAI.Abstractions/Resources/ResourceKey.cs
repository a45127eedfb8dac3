using System.Security;

namespace AzOpenAI;

/// <summary>Endpoint and keys of a resource: a connection, used as it is.</summary>
public sealed record ResourceKey : IConnectionSource
{
    /// <summary>Azure Resource Manager id of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription id, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Base of the v1 API, ending in <c>/openai/v1/</c>: for the OpenAI SDKs.</summary>
    public required Uri Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Base without a path: for AzureOpenAI clients with a dated API version.</summary>
    public required Uri ClassicEndpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>First key; null when keys are disabled.</summary>
    public SecureString? Key1 { get; init; }

    /// <summary>Second key; null when keys are disabled.</summary>
    public SecureString? Key2 { get; init; }

    /// <summary>The authentication that works: ApiKey, or EntraId when keys are disabled.</summary>
    public AuthenticationKind Authentication { get; init; }

    /// <summary>The deployment that was piped in, the default one of the connection.</summary>
    public string? Deployment { get; init; }

    /// <inheritdoc/>
    public Connection Connection => new()
    {
        Name = ResourceName,
        Endpoint = ClassicEndpoint,
        Kind = ConnectionKind.AzureV1,
        Authentication = Authentication,
        Key = Key1,
        Deployment = Deployment,
        ResourceId = ResourceId,
    };

    /// <inheritdoc/>
    public override string ToString() => ResourceName;
}

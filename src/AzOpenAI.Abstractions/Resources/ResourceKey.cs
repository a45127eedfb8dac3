using System.Security;

namespace AzOpenAI;

/// <summary>Endpoint and keys of a resource. Can be used as a connection.</summary>
public sealed record ResourceKey : IConnectionSource
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

    /// <summary>First key; null if keys are disabled.</summary>
    public SecureString? Key1 { get; init; }

    /// <summary>Second key; null if keys are disabled.</summary>
    public SecureString? Key2 { get; init; }

    /// <summary>The supported authentication: ApiKey, or EntraId if keys are disabled.</summary>
    public AuthenticationKind Authentication { get; init; }

    /// <summary>The deployment that was piped in, which is the connection's default.</summary>
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

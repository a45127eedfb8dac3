namespace AzOpenAI;

/// <summary>A named deployment of a model.</summary>
public sealed record Deployment : IConnectionSource
{
    /// <summary>Azure Resource Manager ID.</summary>
    public required string Id { get; init; }

    /// <summary>Name used in calls. Not the model's name, though often the same.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription ID, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Azure Resource Manager ID of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Region of the resource, normalized; null if it wasn't read.</summary>
    public string? Location { get; init; }

    /// <summary>Model name.</summary>
    public required string Model { get; init; }

    /// <summary>Model version.</summary>
    public string? Version { get; init; }

    /// <summary>Publisher's format.</summary>
    public string Format { get; init; } = "OpenAI";

    /// <summary>Deployment SKU.</summary>
    public string? Sku { get; init; }

    /// <summary>Capacity in the SKU's unit.</summary>
    public int? Capacity { get; init; }

    /// <summary>Tokens per minute, null if the SKU doesn't have this limit.</summary>
    public double? TokensPerMinute { get; init; }

    /// <summary>Requests per minute, null if the SKU doesn't have this limit.</summary>
    public double? RequestsPerMinute { get; init; }

    /// <summary>OnceNewDefaultVersionAvailable, OnceCurrentVersionExpired or NoAutoUpgrade.</summary>
    public string? VersionUpgrade { get; init; }

    /// <summary>Name of the content filter.</summary>
    public string? ContentFilter { get; init; }

    /// <summary>Spillover deployment.</summary>
    public string? Spillover { get; init; }

    /// <summary>Accepted, Creating, Deleting, Moving, Failed, Succeeded, Disabled or Canceled.</summary>
    public string? ProvisioningState { get; init; }

    /// <summary>Running or Paused; null if the cloud doesn't report it.</summary>
    public string? State { get; init; }

    /// <summary>Retirement date of the model, if it was requested.</summary>
    public DateTimeOffset? RetirementDate { get; init; }

    /// <summary>Whole days until then, by the service's clock.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>Base URL of the resource's data plane, if known.</summary>
    public Uri? Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Why this SKU was chosen, if the module chose it.</summary>
    public string? SkuReason { get; init; }

    /// <summary>ETag of the deployment.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether this call changed anything: for -Ensure, Set-, Suspend- and Resume-AzOpenAIDeployment; otherwise null.</summary>
    public bool? Changed { get; init; }

    /// <summary>How the existing deployment differed from the request, if <see cref="Changed"/> is set.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The response of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <summary>Returns the resource's v1 endpoint with this deployment as the default, with Entra ID.</summary>
    /// <exception cref="AzOpenAIException">The endpoint of the resource is unknown.</exception>
    Connection IConnectionSource.Connection => new()
    {
        Name = ResourceName,
        Endpoint = Endpoint ?? throw new AzOpenAIException(
            "DeploymentEndpointUnknown", ErrorKind.InvalidInput, $"The object for deployment '{Name}' doesn't include the endpoint of resource '{ResourceName}'."),
        Kind = ConnectionKind.AzureV1,
        Authentication = AuthenticationKind.EntraId,
        Deployment = Name,
        ResourceId = ResourceId,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}

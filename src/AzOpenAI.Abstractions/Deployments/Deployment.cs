namespace AzOpenAI;

/// <summary>A model made callable under a name of the user's choice.</summary>
public sealed record Deployment : IConnectionSource
{
    /// <summary>Azure Resource Manager id.</summary>
    public required string Id { get; init; }

    /// <summary>Name to call it by. Not the model's name, though often equal.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription id, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Azure Resource Manager id of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Region of the resource, normalised; null where it was not read.</summary>
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

    /// <summary>Tokens per minute, null where the SKU has no such limit.</summary>
    public double? TokensPerMinute { get; init; }

    /// <summary>Requests per minute, null where the SKU has no such limit.</summary>
    public double? RequestsPerMinute { get; init; }

    /// <summary>OnceNewDefaultVersionAvailable, OnceCurrentVersionExpired or NoAutoUpgrade.</summary>
    public string? VersionUpgrade { get; init; }

    /// <summary>Name of the content filter.</summary>
    public string? ContentFilter { get; init; }

    /// <summary>Deployment that takes the overflow.</summary>
    public string? Spillover { get; init; }

    /// <summary>Accepted, Creating, Deleting, Moving, Failed, Succeeded, Disabled or Canceled.</summary>
    public string? ProvisioningState { get; init; }

    /// <summary>Running or Paused; null where the cloud does not tell.</summary>
    public string? State { get; init; }

    /// <summary>When the model's inference ends, where it was asked.</summary>
    public DateTimeOffset? RetirementDate { get; init; }

    /// <summary>Whole days until then by the service's clock.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>Base of the resource's data plane, where known.</summary>
    public Uri? Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Why this SKU was taken, where the module chose it.</summary>
    public string? SkuReason { get; init; }

    /// <summary>Version of the deployment for concurrent writers.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether this call wrote anything: for -Ensure, Set-, Suspend- and Resume-AzOpenAIDeployment. Null elsewhere.</summary>
    public bool? Changed { get; init; }

    /// <summary>In what the live object differed from what was asked for, where <see cref="Changed"/> is told.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The answer of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <summary>The resource's v1 endpoint with this deployment as the default, over Entra ID.</summary>
    /// <exception cref="AzOpenAIException">The endpoint of the resource is not known.</exception>
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

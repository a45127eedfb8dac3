namespace AzOpenAI;

/// <summary>A key that was regenerated and passed on. Contains no secret.</summary>
public sealed record KeyRotation
{
    /// <summary>Azure Resource Manager ID of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription ID, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The regenerated key: its previous value is invalid, the new one was passed to the sink.</summary>
    public required KeyName RegeneratedKey { get; init; }

    /// <summary>The key that wasn't changed and remains valid.</summary>
    public required KeyName UnchangedKey { get; init; }

    /// <summary>Whether the data plane has accepted the new key.</summary>
    public bool Verified { get; init; }

    /// <summary>When the new key was passed on, by the service's clock.</summary>
    public DateTimeOffset HandedOver { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{RegeneratedKey} of {ResourceName} regenerated, {UnchangedKey} unchanged";
}

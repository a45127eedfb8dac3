namespace AzOpenAI;

/// <summary>One key that was regenerated and handed over. Holds no secret.</summary>
public sealed record KeyRotation
{
    /// <summary>Azure Resource Manager id of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription id, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The key that is new: its value before opens nothing any more, the new one was handed to the sink.</summary>
    public required KeyName RegeneratedKey { get; init; }

    /// <summary>The key that was left alone and goes on working.</summary>
    public required KeyName UnchangedKey { get; init; }

    /// <summary>Whether the data plane has accepted the new key.</summary>
    public bool Verified { get; init; }

    /// <summary>When the new key was handed over, by the service's clock.</summary>
    public DateTimeOffset HandedOver { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{RegeneratedKey} of {ResourceName} regenerated, {UnchangedKey} unchanged";
}

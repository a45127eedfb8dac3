namespace AzOpenAI;

/// <summary>A list of terms that content filters block.</summary>
public sealed record Blocklist
{
    /// <summary>Azure Resource Manager ID.</summary>
    public required string Id { get; init; }

    /// <summary>Name, as used in content filters.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription ID, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Azure Resource Manager ID of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Description of the list.</summary>
    public string? Description { get; init; }

    /// <summary>ETag of the list.</summary>
    public string? ETag { get; init; }

    /// <summary>The response of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

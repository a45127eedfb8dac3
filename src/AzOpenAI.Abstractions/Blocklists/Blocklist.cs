namespace AzOpenAI;

/// <summary>A list of terms that content filters block.</summary>
public sealed record Blocklist
{
    /// <summary>Azure Resource Manager id.</summary>
    public required string Id { get; init; }

    /// <summary>Name, as content filters refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription id, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Azure Resource Manager id of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>What the list is for.</summary>
    public string? Description { get; init; }

    /// <summary>Version of the list for concurrent writers.</summary>
    public string? ETag { get; init; }

    /// <summary>The answer of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace AzOpenAI;

/// <summary>One term or regular expression of a blocklist.</summary>
public sealed record BlocklistItem
{
    /// <summary>Azure Resource Manager ID.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the item within its list.</summary>
    public required string Name { get; init; }

    /// <summary>The term, or the regular expression.</summary>
    public required string Pattern { get; init; }

    /// <summary>True if the pattern is a regular expression; false for an exact term.</summary>
    public bool IsRegex { get; init; }

    /// <summary>Name of the blocklist.</summary>
    public required string BlocklistName { get; init; }

    /// <summary>Azure Resource Manager ID of the blocklist.</summary>
    public required string BlocklistId { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription ID, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The response of Azure Resource Manager as received; null for an item that was added in a batch.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Pattern;
}

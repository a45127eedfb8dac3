namespace AzOpenAI;

/// <summary>A soft-deleted account: it can be restored until it is purged by Azure or a user. Until then its name and subdomain aren't available.</summary>
public sealed record DeletedResource
{
    /// <summary>Azure Resource Manager ID of the deleted account, not of the original one.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the account.</summary>
    public required string Name { get; init; }

    /// <summary>The same name, for parameter binding in other cmdlets.</summary>
    public string ResourceName => Name;

    /// <summary>Its resource group, into which it is restored.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription ID, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Region, normalized: lower case, no spaces.</summary>
    public required string Location { get; init; }

    /// <summary>OpenAI or AIServices.</summary>
    public required string Kind { get; init; }

    /// <summary>Custom subdomain, not available until the purge.</summary>
    public string? CustomSubdomain { get; init; }

    /// <summary>When it was deleted, UTC.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>When Azure purges it, UTC.</summary>
    public DateTimeOffset? PurgeDate { get; init; }

    /// <summary>Time until then, by the service's clock; null if the service doesn't report it.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>The same in days, with one decimal.</summary>
    public double? DaysLeft => TimeLeft is TimeSpan left ? Math.Round(left.TotalDays, 1) : null;

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = ShownDictionary<string>.Of(value); } = new ShownDictionary<string>();

    /// <summary>The response of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace AzOpenAI;

/// <summary>A subscription that the credential can see.</summary>
public sealed record Subscription
{
    /// <summary>ID, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>ID of its tenant, a GUID.</summary>
    public string? TenantId { get; init; }

    /// <summary>Enabled, Warned, PastDue, Disabled or Deleted.</summary>
    public string? State { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

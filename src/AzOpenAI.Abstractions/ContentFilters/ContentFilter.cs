namespace AzOpenAI;

/// <summary>A content filter of a resource (raiPolicies): how its deployments handle harmful content.</summary>
public sealed record ContentFilter
{
    /// <summary>Azure Resource Manager ID.</summary>
    public required string Id { get; init; }

    /// <summary>Name, as used in deployments.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription ID, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Azure Resource Manager ID of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>True for a system-managed filter, which can't be changed or removed.</summary>
    public bool IsSystem { get; init; }

    /// <summary>Default, Blocking, Asynchronous_filter, or Deferred, its name in older API versions.</summary>
    public string? Mode { get; init; }

    /// <summary>The filter that it is based on; null if the service doesn't report it.</summary>
    public string? BasePolicy { get; init; }

    /// <summary>The settings for each category on each side.</summary>
    public IReadOnlyList<ContentFilterRule> Rules { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Its blocklists.</summary>
    public IReadOnlyList<ContentFilterBlocklist> Blocklists { get; init => field = Indexable.Of(value); } = [];

    /// <summary>ETag of the filter.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether the command changed anything, with -Ensure or from Set-AzOpenAIContentFilter; otherwise null.</summary>
    public bool? Changed { get; init; }

    /// <summary>How the existing filter differed.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The response of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <summary>The setting for hateful content: one level, or those for prompt and completion separated by a slash; null if there is no rule.</summary>
    public string? Hate => Levels("Hate");

    /// <summary>The setting for sexual content, like <see cref="Hate"/>.</summary>
    public string? Sexual => Levels("Sexual");

    /// <summary>The setting for self-harm, like <see cref="Hate"/>.</summary>
    public string? SelfHarm => Levels("Selfharm");

    /// <summary>The setting for violence, like <see cref="Hate"/>.</summary>
    public string? Violence => Levels("Violence");

    /// <summary>The setting for jailbreak attempts.</summary>
    public string? Jailbreak => LevelOf("Jailbreak", "Prompt");

    /// <summary>Returns the level of a category on a side, or null if the filter has no rule for it.</summary>
    /// <param name="category">In the service's spelling; case-insensitive.</param>
    /// <param name="side">Prompt or Completion.</param>
    public string? LevelOf(string category, string side) => Rules.FirstOrDefault(r =>
        r.Category.Equals(category, StringComparison.OrdinalIgnoreCase) && r.Side.Equals(side, StringComparison.OrdinalIgnoreCase))?.Level;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private string? Levels(string category)
    {
        string? prompt = LevelOf(category, "Prompt");
        string? completion = LevelOf(category, "Completion");
        return prompt == completion ? prompt : $"{prompt ?? "-"}/{completion ?? "-"}";
    }
}

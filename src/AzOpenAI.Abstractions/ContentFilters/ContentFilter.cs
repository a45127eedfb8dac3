namespace AzOpenAI;

/// <summary>A content filter of a resource (raiPolicies): what deployments that name it do with harmful content.</summary>
public sealed record ContentFilter
{
    /// <summary>Azure Resource Manager id.</summary>
    public required string Id { get; init; }

    /// <summary>Name, as deployments refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>Subscription id, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Azure Resource Manager id of the resource.</summary>
    public required string ResourceId { get; init; }

    /// <summary>True for a filter of the service, which can be neither changed nor removed.</summary>
    public bool IsSystem { get; init; }

    /// <summary>Default, Blocking, Asynchronous_filter, or Deferred as older api-versions call the latter.</summary>
    public string? Mode { get; init; }

    /// <summary>The filter it was made from; null where the service names none.</summary>
    public string? BasePolicy { get; init; }

    /// <summary>What is done with each category on each side.</summary>
    public IReadOnlyList<ContentFilterRule> Rules { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Blocklists it uses.</summary>
    public IReadOnlyList<ContentFilterBlocklist> Blocklists { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Version of the filter for concurrent writers.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether the command wrote anything, with -Ensure or from Set-AzOpenAIContentFilter; null otherwise.</summary>
    public bool? Changed { get; init; }

    /// <summary>In what the live filter differed.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The answer of Azure Resource Manager as received.</summary>
    public string? Raw { get; init; }

    /// <summary>What is done with hateful content: one level, or prompt and completion parted by a slash; null where there is no rule.</summary>
    public string? Hate => Levels("Hate");

    /// <summary>What is done with sexual content, as <see cref="Hate"/>.</summary>
    public string? Sexual => Levels("Sexual");

    /// <summary>What is done with self-harm, as <see cref="Hate"/>.</summary>
    public string? SelfHarm => Levels("Selfharm");

    /// <summary>What is done with violence, as <see cref="Hate"/>.</summary>
    public string? Violence => Levels("Violence");

    /// <summary>What is done with attempts to get around the rules of the model.</summary>
    public string? Jailbreak => LevelOf("Jailbreak", "Prompt");

    /// <summary>The level of a category on a side, or null where the filter has no rule for it.</summary>
    /// <param name="category">As the service spells it; case does not matter.</param>
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

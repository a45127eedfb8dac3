namespace AzOpenAI;

/// <summary>The setting of a content filter for one category on one side.</summary>
public sealed record ContentFilterRule
{
    /// <summary>Hate, Sexual, Selfharm, Violence, Jailbreak, Protected Material Text and so on, in the service's spelling.</summary>
    public required string Category { get; init; }

    /// <summary>Prompt or Completion, or another source in the service's spelling.</summary>
    public required string Side { get; init; }

    /// <summary>False if the category isn't checked.</summary>
    public bool Enabled { get; init; }

    /// <summary>False to only annotate matches.</summary>
    public bool Blocking { get; init; }

    /// <summary>The lowest severity that the rule applies to: Low, Medium or High; null for categories without severities.</summary>
    public string? Severity { get; init; }

    /// <summary>The rule in one word: Off, Annotate, Block, or the lowest severity that it blocks: Low, Medium, High.</summary>
    public string Level => !Enabled ? "Off" : !Blocking ? "Annotate" : Severity ?? "Block";

    /// <inheritdoc/>
    public override string ToString() => $"{Category} ({Side}): {Level}";
}

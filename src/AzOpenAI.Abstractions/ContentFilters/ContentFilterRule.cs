namespace AzOpenAI;

/// <summary>What a content filter does with one category of content on one side.</summary>
public sealed record ContentFilterRule
{
    /// <summary>Hate, Sexual, Selfharm, Violence, Jailbreak, Protected Material Text and so on, as the service spells it.</summary>
    public required string Category { get; init; }

    /// <summary>Prompt or Completion, or a newer source as the service spells it.</summary>
    public required string Side { get; init; }

    /// <summary>False: the category is not looked for.</summary>
    public bool Enabled { get; init; }

    /// <summary>False: what is found is only annotated.</summary>
    public bool Blocking { get; init; }

    /// <summary>Severity from which on the rule holds: Low, Medium or High; null for categories without severities.</summary>
    public string? Severity { get; init; }

    /// <summary>The rule in one word: Off, Annotate, Block, or the severity from which on it blocks: Low, Medium, High.</summary>
    public string Level => !Enabled ? "Off" : !Blocking ? "Annotate" : Severity ?? "Block";

    /// <inheritdoc/>
    public override string ToString() => $"{Category} ({Side}): {Level}";
}

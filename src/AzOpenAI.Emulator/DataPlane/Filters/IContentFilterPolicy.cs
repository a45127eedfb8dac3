namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>How a content filter policy handles the categories that <see cref="ContentFilter"/> finds.</summary>
internal interface IContentFilterPolicy
{
    /// <summary>True to send a stream unchecked, with the results in separate events.</summary>
    bool Asynchronous { get; }

    /// <summary>The rule for a category in the wire's spelling (hate, jailbreak, protected_material_text...); null if it is off.</summary>
    FilterRule? Rule(FilterSource source, string category);

    /// <summary>Blocklists that matched the text; null if none is configured.</summary>
    IReadOnlyList<BlocklistMatch>? Blocklists(FilterSource source, string text);
}

/// <summary>The text that a filter checks.</summary>
internal enum FilterSource
{
    Prompt,
    Completion,
}

/// <summary>Severities in ascending order.</summary>
internal enum FilterSeverity
{
    Safe,
    Low,
    Medium,
    High,
}

/// <summary>The rule of a category: a blocking rule blocks from the threshold on, any other annotates. Without severities, the threshold is ignored.</summary>
internal sealed record FilterRule(bool Blocking, FilterSeverity Threshold = FilterSeverity.Medium);

/// <summary>A blocklist that matched, and whether it blocks the text.</summary>
internal sealed record BlocklistMatch(string Id, bool Filtered);

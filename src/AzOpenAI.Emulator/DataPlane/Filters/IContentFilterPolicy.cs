namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>What a content filter policy does with the categories that <see cref="ContentFilter"/> finds.</summary>
internal interface IContentFilterPolicy
{
    /// <summary>True: a stream is sent unchecked, and what the filter finds follows in events of its own.</summary>
    bool Asynchronous { get; }

    /// <summary>The rule for a category in the wire's spelling (hate, jailbreak, protected_material_text...); null where it is switched off.</summary>
    FilterRule? Rule(FilterSource source, string category);

    /// <summary>Lists that matched the text; null where no list is configured.</summary>
    IReadOnlyList<BlocklistMatch>? Blocklists(FilterSource source, string text);
}

/// <summary>Which text a filter looks at.</summary>
internal enum FilterSource
{
    Prompt,
    Completion,
}

/// <summary>Severities in rising order.</summary>
internal enum FilterSeverity
{
    Safe,
    Low,
    Medium,
    High,
}

/// <summary>A category's rule: from the threshold on a blocking one filters, another one only annotates. Categories without severities ignore the threshold.</summary>
internal sealed record FilterRule(bool Blocking, FilterSeverity Threshold = FilterSeverity.Medium);

/// <summary>A list that matched, and whether that filters the text.</summary>
internal sealed record BlocklistMatch(string Id, bool Filtered);

namespace AzOpenAI;

/// <summary>The result of one category of the content filter.</summary>
public sealed record ContentFilterResult
{
    /// <summary>hate, sexual, violence, self_harm, jailbreak, protected_material_text and so on, in the service's spelling.</summary>
    public required string Category { get; init; }

    /// <summary>Prompt or Completion.</summary>
    public required string Side { get; init; }

    /// <summary>Index of the prompt or choice.</summary>
    public int Index { get; init; }

    /// <summary>True if the text was blocked for it.</summary>
    public bool Filtered { get; init; }

    /// <summary>safe, low, medium or high; null for categories with only a detection.</summary>
    public string? Severity { get; init; }

    /// <summary>True or false for categories with only a detection, otherwise null.</summary>
    public bool? Detected { get; init; }

    /// <summary>Why the filter failed.</summary>
    public string? Error { get; init; }

    /// <summary>Other data of the result as JSON: citation, blocklist IDs, offsets, redacted text; or null.</summary>
    public string? Details { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Side} {Category}: {Severity ?? (Detected == true ? "detected" : "not detected")}{(Filtered ? ", filtered" : "")}";
}

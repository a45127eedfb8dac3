namespace AzOpenAI;

/// <summary>What one category of the content filter found.</summary>
public sealed record ContentFilterResult
{
    /// <summary>hate, sexual, violence, self_harm, jailbreak, protected_material_text and so on, as the service spells it.</summary>
    public required string Category { get; init; }

    /// <summary>Prompt or Completion.</summary>
    public required string Side { get; init; }

    /// <summary>Index of the prompt or choice.</summary>
    public int Index { get; init; }

    /// <summary>True: the text was withheld for it.</summary>
    public bool Filtered { get; init; }

    /// <summary>safe, low, medium or high; null for categories that only detect.</summary>
    public string? Severity { get; init; }

    /// <summary>True or false for categories that only detect, else null.</summary>
    public bool? Detected { get; init; }

    /// <summary>Why the filter did not run, where it failed.</summary>
    public string? Error { get; init; }

    /// <summary>What else the finding holds, JSON: citation, blocklist ids, offsets, redacted text. Null where it holds nothing else.</summary>
    public string? Details { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Side} {Category}: {Severity ?? (Detected == true ? "detected" : "not detected")}{(Filtered ? ", filtered" : "")}";
}

namespace AzOpenAI;

/// <summary>A function that the model may request.</summary>
/// <param name="Name">Up to 64 characters: letters, digits, underscore, hyphen.</param>
/// <param name="Schema">JSON schema of its arguments, an object; null if it has none.</param>
public sealed record ChatToolDefinition(string Name, string? Schema)
{
    /// <summary>What it does and when to use it, for the model.</summary>
    public string? Description { get; init; }

    /// <summary>True for arguments that exactly match the schema. Requires a schema for strict mode.</summary>
    public bool? Strict { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

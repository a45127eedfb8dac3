namespace AzOpenAI;

/// <summary>A function that the model may ask to be called.</summary>
/// <param name="Name">At most 64 characters: letters, digits, underscore, dash.</param>
/// <param name="Schema">JSON schema of its arguments, an object; null where it takes none.</param>
public sealed record ChatToolDefinition(string Name, string? Schema)
{
    /// <summary>What it does and when to use it, for the model to read.</summary>
    public string? Description { get; init; }

    /// <summary>True: arguments follow the schema to the letter. Needs a schema of the strict kind.</summary>
    public bool? Strict { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

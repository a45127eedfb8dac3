namespace AzOpenAI;

/// <summary>The form that an answer must have.</summary>
/// <param name="Name">At most 64 characters: letters, digits, underscore, dash.</param>
/// <param name="Schema">JSON schema, an object.</param>
public sealed record ChatResponseSchema(string Name, string Schema)
{
    /// <summary>What the form is for, for the model to read.</summary>
    public string? Description { get; init; }

    /// <summary>True: the answer follows the schema to the letter. Needs every property required and additionalProperties false.</summary>
    public bool? Strict { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

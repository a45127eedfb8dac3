namespace AzOpenAI;

/// <summary>The format of a response.</summary>
/// <param name="Name">Up to 64 characters: letters, digits, underscore, hyphen.</param>
/// <param name="Schema">JSON schema, an object.</param>
public sealed record ChatResponseSchema(string Name, string Schema)
{
    /// <summary>Description of the format for the model.</summary>
    public string? Description { get; init; }

    /// <summary>True for exact adherence to the schema. Requires that every property is required and additionalProperties is false.</summary>
    public bool? Strict { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace AzOpenAI;

/// <summary>An entry of a <see cref="ShownDictionary{TValue}"/> for printing.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record ShownEntry(string Name, object? Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Value}";
}

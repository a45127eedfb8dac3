namespace AzOpenAI;

/// <summary>An entry of a <see cref="ShownDictionary{TValue}"/> as it is printed.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">What it stands for.</param>
public sealed record ShownEntry(string Name, object? Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Value}";
}

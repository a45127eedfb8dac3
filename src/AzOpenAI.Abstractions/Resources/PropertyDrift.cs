namespace AzOpenAI;

/// <summary>One property in which a live object differs from what was asked for.</summary>
/// <param name="Property">Name of the parameter that asks for it.</param>
/// <param name="Was">The live value, before.</param>
/// <param name="Is">The value asked for.</param>
public sealed record PropertyDrift(string Property, object? Was, object? Is)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Property}: {Was ?? "(none)"} -> {Is ?? "(none)"}";
}

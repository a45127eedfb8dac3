namespace AzOpenAI;

/// <summary>One property of an existing object that differs from the request.</summary>
/// <param name="Property">Name of its parameter.</param>
/// <param name="Was">The existing value.</param>
/// <param name="Is">The requested value.</param>
public sealed record PropertyDrift(string Property, object? Was, object? Is)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Property}: {Was ?? "(none)"} -> {Is ?? "(none)"}";
}

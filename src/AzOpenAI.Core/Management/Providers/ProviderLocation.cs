namespace AzOpenAI.Core.Management.Providers;

/// <summary>A region in which accounts can be created.</summary>
/// <param name="Name">Normalized: <c>swedencentral</c>.</param>
/// <param name="DisplayName">Display name: <c>Sweden Central</c>.</param>
public sealed record ProviderLocation(string Name, string DisplayName)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

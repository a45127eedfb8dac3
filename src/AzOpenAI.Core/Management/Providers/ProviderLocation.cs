namespace AzOpenAI.Core.Management.Providers;

/// <summary>A region in which accounts can be made.</summary>
/// <param name="Name">Normalised: <c>swedencentral</c>.</param>
/// <param name="DisplayName">For people: <c>Sweden Central</c>.</param>
public sealed record ProviderLocation(string Name, string DisplayName)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

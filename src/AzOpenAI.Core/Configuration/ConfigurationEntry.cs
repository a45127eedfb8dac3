namespace AzOpenAI.Core.Configuration;

/// <summary>One variable of a configuration.</summary>
/// <param name="Name">Name of the environment variable.</param>
/// <param name="Value">Its value; null for a key that isn't included and must be set under this name.</param>
/// <param name="IsSecret">True for keys.</param>
public sealed record ConfigurationEntry(string Name, string? Value, bool IsSecret = false)
{
    /// <summary>Only the name: the value may be a secret.</summary>
    public override string ToString() => Name;
}

namespace AzOpenAI;

/// <summary>Where to read a secret each time it is needed, instead of the secret itself.</summary>
/// <param name="Store">The store of the secret.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Vault">The vault of SecretManagement; null for the default vault.</param>
public sealed record SecretReference(SecretStore Store, string Name, string? Vault = null)
{
    /// <inheritdoc/>
    public override string ToString() => Store == SecretStore.Environment ? $"variable {Name}" : $"secret {(Vault is null ? Name : $"{Vault}/{Name}")}";
}

/// <summary>A store of secrets.</summary>
public enum SecretStore : long
{
    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A vault of the module Microsoft.PowerShell.SecretManagement.</summary>
    SecretManagement,
}

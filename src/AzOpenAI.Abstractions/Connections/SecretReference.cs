namespace AzOpenAI;

/// <summary>Where a secret is read each time it is needed, instead of the secret itself.</summary>
/// <param name="Store">Who keeps it.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Vault">The vault of SecretManagement; null: its default one.</param>
public sealed record SecretReference(SecretStore Store, string Name, string? Vault = null)
{
    /// <inheritdoc/>
    public override string ToString() => Store == SecretStore.Environment ? $"variable {Name}" : $"secret {(Vault is null ? Name : $"{Vault}/{Name}")}";
}

/// <summary>Who keeps a secret.</summary>
public enum SecretStore : long
{
    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A vault of the module Microsoft.PowerShell.SecretManagement.</summary>
    SecretManagement,
}

using System.Security;

namespace AzOpenAI.Core.Authentication;

/// <summary>Which credential a session uses, and what it needs. Secrets stay SecureString until the moment they are handed over.</summary>
public sealed record CredentialOptions
{
    /// <summary>Where the tokens come from.</summary>
    public CredentialSource Source { get; init; }

    /// <summary>Tenant id or domain name; null: the credential's home tenant.</summary>
    public string? TenantId { get; init; }

    /// <summary>Application (client) id of a service principal or a user-assigned managed identity.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>For <see cref="CredentialSource.ClientSecret"/>.</summary>
    public SecureString? ClientSecret { get; init; }

    /// <summary>For <see cref="CredentialSource.ClientCertificate"/>: a PFX or PEM file with the private key.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>Password of that file.</summary>
    public SecureString? CertificatePassword { get; init; }

    /// <summary>For <see cref="CredentialSource.ClientCertificate"/>: thumbprint in the personal store of the user or the machine.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary>For <see cref="CredentialSource.FederatedToken"/>: the token of the other issuer.</summary>
    public SecureString? FederatedToken { get; init; }

    /// <summary>For <see cref="CredentialSource.FederatedToken"/>: a file with that token, read anew for every request.</summary>
    public string? FederatedTokenFile { get; init; }

    /// <summary>For <see cref="CredentialSource.AccessToken"/>: a token for Azure Resource Manager, never refreshed, and sent to nobody else.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>For <see cref="CredentialSource.DeviceCode"/>: shows the sentence with the address and the code.</summary>
    public Action<string>? DeviceCodePrompt { get; init; }
}

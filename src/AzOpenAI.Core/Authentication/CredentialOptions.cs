using System.Security;

namespace AzOpenAI.Core.Authentication;

/// <summary>The credential of a session and its options. Secrets remain SecureString until they are used.</summary>
public sealed record CredentialOptions
{
    /// <summary>The source of the tokens.</summary>
    public CredentialSource Source { get; init; }

    /// <summary>Tenant ID or domain name; null for the credential's home tenant.</summary>
    public string? TenantId { get; init; }

    /// <summary>Application (client) ID of a service principal or a user-assigned managed identity.</summary>
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

    /// <summary>For <see cref="CredentialSource.FederatedToken"/>: a file with that token, read again for every request.</summary>
    public string? FederatedTokenFile { get; init; }

    /// <summary>For <see cref="CredentialSource.AccessToken"/>: a token for Azure Resource Manager, never refreshed, and not sent to other services.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>For <see cref="CredentialSource.DeviceCode"/>: shows the message with the URL and the code.</summary>
    public Action<string>? DeviceCodePrompt { get; init; }
}

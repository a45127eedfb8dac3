using System.Security;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Authentication;

/// <summary>Creates token sources. No token is requested before it is needed.</summary>
public static class TokenSources
{
    /// <summary>The emulator's dummy token.</summary>
    public static TokenSource Emulator { get; } = new EmulatorTokenSource();

    /// <summary>Creates a source for the credential in the cloud.</summary>
    /// <exception cref="AzOpenAIException">CredentialOptionMissing, TokenMalformed: the options are incomplete or invalid.</exception>
    public static TokenSource Create(CredentialOptions options, CloudEnvironment environment) => Create(options, environment, CredentialHost.Process);

    internal static TokenSource Create(CredentialOptions options, CloudEnvironment environment, CredentialHost host)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        // If application and tenant are specified in a job that provides a token, that token is meant, not another sign-in that happens to exist.
        if (options is { Source: CredentialSource.Default, ApplicationId: not null, TenantId: not null } && FederatedCredential.IsOffered(host))
            options = options with { Source = CredentialSource.FederatedToken };
        switch (options.Source)
        {
            case CredentialSource.Emulator:
                return Emulator;
            case CredentialSource.AccessToken:
                return new AccessTokenSource(options.AccessToken ?? throw Missing(options, "-AccessToken"), environment.ManagementScope);
            case CredentialSource.ClientSecret:
                RequireApplication(options);
                if (options.ClientSecret is null)
                    throw Missing(options, "-Credential");
                break;
            case CredentialSource.ClientCertificate:
                RequireApplication(options);
                if (options.CertificatePath is null && options.CertificateThumbprint is null)
                    throw Missing(options, "-CertificatePath or -CertificateThumbprint");
                break;
        }

        // Copies, because the caller may dispose its own after this returns.
        return new IdentityTokenSource(
            options with
            {
                ClientSecret = Copy(options.ClientSecret),
                CertificatePassword = Copy(options.CertificatePassword),
                FederatedToken = Copy(options.FederatedToken),
            },
            environment,
            host);
    }

    private static void RequireApplication(CredentialOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApplicationId))
            throw Missing(options, "-ApplicationId");
        if (string.IsNullOrWhiteSpace(options.TenantId))
            throw Missing(options, "-Tenant");
    }

    private static AzOpenAIException Missing(CredentialOptions options, string parameter) =>
        Failure.Of(nameof(Messages.CredentialOptionMissing), ErrorKind.InvalidInput, options.Source, parameter);

    private static SecureString? Copy(SecureString? text)
    {
        SecureString? copy = text?.Copy();
        copy?.MakeReadOnly();
        return copy;
    }
}

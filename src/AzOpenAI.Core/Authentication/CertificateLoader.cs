using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Authentication;

/// <summary>Loads certificates with their private key, from a PFX or PEM file or from the personal store.</summary>
internal static class CertificateLoader
{
    public static X509Certificate2 Load(CredentialOptions options)
    {
        string name = options.CertificatePath ?? options.CertificateThumbprint!;
        try
        {
            X509Certificate2 certificate = options.CertificatePath is string path
                ? FromFile(path, options.CertificatePassword is null ? null : SecureText.Reveal(options.CertificatePassword))
                : FromStore(options.CertificateThumbprint!) ?? throw Unreadable(name, "no certificate with this thumbprint was found in the personal stores of the user and the machine", null);
            return certificate.HasPrivateKey ? certificate : throw Unreadable(name, "it doesn't have a private key", null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(name, e.Message.Split('\n')[0].TrimEnd('.', '\r'), e);
        }
    }

    private static X509Certificate2 FromFile(string path, string? password)
    {
        byte[] content = File.ReadAllBytes(path);
        if (!content.AsSpan().StartsWith("-----BEGIN"u8))
            return X509CertificateLoader.LoadPkcs12(content, password);
        return password is null
            ? X509Certificate2.CreateFromPemFile(path)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password);
    }

    private static X509Certificate2? FromStore(string thumbprint)
    {
        foreach (StoreLocation location in (ReadOnlySpan<StoreLocation>)[StoreLocation.CurrentUser, StoreLocation.LocalMachine])
        {
            using var store = new X509Store(StoreName.My, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (CryptographicException)
            {
                // The store doesn't exist on this system.
                continue;
            }

            X509Certificate2Collection found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint.Replace(" ", "", StringComparison.Ordinal), validOnly: false);
            if (found.Count > 0)
                return found[0];
        }

        return null;
    }

    private static AzOpenAIException Unreadable(string name, string reason, Exception? inner) =>
        Failure.Of(nameof(Messages.CertificateUnreadable), ErrorKind.InvalidInput, new AnswerFacts { InnerException = inner }, name, reason);
}

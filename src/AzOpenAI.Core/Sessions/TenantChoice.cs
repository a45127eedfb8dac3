using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Tenants;

namespace AzOpenAI.Core.Sessions;

/// <summary>Restricts tokens to the tenant that the user specified: by ID, domain, or display name, which only Azure Resource Manager knows.</summary>
internal static class TenantChoice
{
    /// <summary>True for what the authority accepts directly: an ID or a domain.</summary>
    public static bool IsLoginName(string tenant) => Guid.TryParse(tenant, out _) || tenant.Contains('.', StringComparison.Ordinal);

    /// <summary>Rejects a display name if the sign-in itself needs the tenant.</summary>
    /// <exception cref="AzOpenAIException">TenantNameNotUsable.</exception>
    public static void Check(CredentialOptions credential, string? tenant, CredentialHost host)
    {
        if (tenant is null || IsLoginName(tenant))
            return;
        bool federated = credential.Source == CredentialSource.Default && credential.ApplicationId is not null && FederatedCredential.IsOffered(host);
        if (federated || credential.Source is CredentialSource.ClientSecret or CredentialSource.ClientCertificate or CredentialSource.FederatedToken)
            throw Failure.Of(nameof(Messages.TenantNameNotUsable), ErrorKind.InvalidInput, tenant);
    }

    /// <summary>Returns the tokens for the tenant. Looks up a display name with Azure Resource Manager, and in the emulator any value.</summary>
    /// <exception cref="AzOpenAIException">TenantUnknown, TenantAmbiguous.</exception>
    public static async Task<TokenSource> BindAsync(
        TokenSource tokens, string? tenant, CloudEnvironment environment, ServiceOptions options, HttpClient? http, CancellationToken cancellationToken)
    {
        if (tenant is null || (IsLoginName(tenant) && !environment.IsEmulator))
            return tokens;
        var context = new Context { SubscriptionId = "", Environment = environment, TokenSource = tokens };
        var client = new ManagementClient(context, new ArmClient(context, options, http));
        string id = await new TenantOperations(client).ResolveAsync(tenant, cancellationToken).ConfigureAwait(false);
        return environment.IsEmulator ? tokens : new TenantTokenSource(tokens, id);
    }

    /// <summary>Rejects a token of another tenant than specified: managed identities and caller-provided tokens have only one tenant.</summary>
    /// <exception cref="AzOpenAIException">TenantMismatch.</exception>
    public static void CheckToken(TokenSource tokens, string? tenant, TokenClaims? claims)
    {
        if (Guid.TryParse(tenant, out Guid wanted) && Guid.TryParse(claims?.TenantId, out Guid got) && wanted != got)
            throw Failure.Of(nameof(Messages.TenantMismatch), ErrorKind.InvalidInput, tokens.Source, got, wanted);
    }
}

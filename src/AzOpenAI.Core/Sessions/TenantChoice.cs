using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Tenants;

namespace AzOpenAI.Core.Sessions;

/// <summary>Binds tokens to the tenant that the user named: an id, a domain, or a display name, which only Azure Resource Manager knows.</summary>
internal static class TenantChoice
{
    /// <summary>True for what the login service takes as it is: an id or a domain.</summary>
    public static bool IsLoginName(string tenant) => Guid.TryParse(tenant, out _) || tenant.Contains('.', StringComparison.Ordinal);

    /// <summary>Refuses a display name where the login itself needs the tenant.</summary>
    /// <exception cref="AzOpenAIException">TenantNameNotUsable.</exception>
    public static void Check(CredentialOptions credential, string? tenant, CredentialHost host)
    {
        if (tenant is null || IsLoginName(tenant))
            return;
        bool federated = credential.Source == CredentialSource.Default && credential.ApplicationId is not null && FederatedCredential.IsOffered(host);
        if (federated || credential.Source is CredentialSource.ClientSecret or CredentialSource.ClientCertificate or CredentialSource.FederatedToken)
            throw Failure.Of(nameof(Messages.TenantNameNotUsable), ErrorKind.InvalidInput, tenant);
    }

    /// <summary>The tokens for the tenant. Asks Azure Resource Manager for a display name, and in the emulator for every form.</summary>
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

    /// <summary>Refuses a token of another tenant than the one named: a managed identity and a token that was brought have one tenant only.</summary>
    /// <exception cref="AzOpenAIException">TenantMismatch.</exception>
    public static void CheckToken(TokenSource tokens, string? tenant, TokenClaims? claims)
    {
        if (Guid.TryParse(tenant, out Guid wanted) && Guid.TryParse(claims?.TenantId, out Guid got) && wanted != got)
            throw Failure.Of(nameof(Messages.TenantMismatch), ErrorKind.InvalidInput, tokens.Source, got, wanted);
    }
}

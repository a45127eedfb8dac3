using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using Azure.Core;
using Azure.Identity;

namespace AzOpenAI.Core.Authentication;

/// <summary>
/// Service principals with a token of another issuer: a specified one, a file, or the one that GitHub Actions, Azure Pipelines or Kubernetes provide in their
/// environment.
/// </summary>
internal static class FederatedCredential
{
    private const string PipelinesUrl = "SYSTEM_OIDCREQUESTURI";
    private const string PipelinesToken = "SYSTEM_ACCESSTOKEN";
    private const string PipelinesConnection = "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID";
    private const string TokenFile = "AZURE_FEDERATED_TOKEN_FILE";

    public static TokenCredential Create(CredentialOptions options, CloudEnvironment environment, CredentialHost host)
    {
        string applicationId = ApplicationId(options, host) ?? throw Missing("-ApplicationId");
        string tenantId = TenantId(options, host) ?? throw Missing("-Tenant");
        if (options.FederatedToken is not null)
            return Assertion(_ => Task.FromResult(SecureText.Reveal(options.FederatedToken)));
        if (options.FederatedTokenFile is string file)
            return Assertion(token => ReadAsync(file, token));
        if (GitHubToken.IsOffered(host.Variable))
            return Assertion(new GitHubToken(environment, host.Variable).GetAsync);
        if (host.Value(PipelinesUrl) is not null)
            return Pipelines();
        if (host.Value(TokenFile) is string workload)
            return Assertion(token => ReadAsync(workload, token));
        throw Unavailable("no token or file was specified, and this isn't a GitHub Actions, Azure Pipelines or Kubernetes workload identity job that provides one");

        ClientAssertionCredential Assertion(Func<CancellationToken, Task<string>> assertion) => new(
            tenantId,
            applicationId,
            assertion,
            CredentialFactory.Configure(
                new ClientAssertionCredentialOptions { DisableInstanceDiscovery = CredentialFactory.IsPrivate(environment) },
                environment,
                host,
                o => CredentialFactory.Fill(o.AdditionallyAllowedTenants)));

        AzurePipelinesCredential Pipelines() => new(
            tenantId,
            applicationId,
            host.Value(PipelinesConnection) ?? throw Unavailable($"the variable {PipelinesConnection} doesn't specify the service connection"),
            host.Value(PipelinesToken) ?? throw Unavailable($"the variable {PipelinesToken} isn't mapped into this step"),
            CredentialFactory.Configure(
                new AzurePipelinesCredentialOptions { DisableInstanceDiscovery = CredentialFactory.IsPrivate(environment) },
                environment,
                host,
                o => CredentialFactory.Fill(o.AdditionallyAllowedTenants)));
    }

    /// <summary>True if the job provides a token for any application.</summary>
    public static bool IsOffered(CredentialHost host) => Offer(host) is not null || host.Value(TokenFile) is not null;

    /// <summary>
    /// For the default chain in CI: if the job provides a token and the application is specified, and no other credential of it is set. The token file of
    /// Kubernetes is already part of the chain.
    /// </summary>
    public static TokenCredential? TryCreateForDefault(CredentialOptions options, CloudEnvironment environment, CredentialHost host)
    {
        bool other = host.Value("AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH", TokenFile) is not null;
        if (other || Offer(host) is not string name || ApplicationId(options, host) is null || TenantId(options, host) is null)
            return null;
        try
        {
            return new OptionalCredential(Create(options, environment, host), name);
        }
        catch (AzOpenAIException e)
        {
            return new UnavailableCredential($"{name}: {e.Message}");
        }
    }

    internal static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            string token = (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim();
            return token.Length > 0 ? token : throw Unavailable($"the file '{file}' is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable($"can't read the file '{file}' ({e.Message.TrimEnd('.')})");
        }
    }

    internal static AzOpenAIException Unavailable(string reason) => Failure.Of(nameof(Messages.FederatedTokenUnavailable), ErrorKind.Authentication, reason);

    private static string? Offer(CredentialHost host) => GitHubToken.IsOffered(host.Variable) ? "GitHub Actions" : host.Value(PipelinesUrl) is not null ? "Azure Pipelines" : null;

    private static string? ApplicationId(CredentialOptions options, CredentialHost host) => options.ApplicationId ?? host.Value("AZURE_CLIENT_ID", "AZURESUBSCRIPTION_CLIENT_ID");

    private static string? TenantId(CredentialOptions options, CredentialHost host) => options.TenantId ?? host.Value("AZURE_TENANT_ID", "AZURESUBSCRIPTION_TENANT_ID");

    private static AzOpenAIException Missing(string parameter) =>
        Failure.Of(nameof(Messages.CredentialOptionMissing), ErrorKind.InvalidInput, CredentialSource.FederatedToken, parameter);
}

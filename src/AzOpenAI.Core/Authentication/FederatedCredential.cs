using AzOpenAI.Core.Errors;
using Azure.Core;
using Azure.Identity;

namespace AzOpenAI.Core.Authentication;

/// <summary>
/// Service principals with the token of another issuer: the one given, a file, or what GitHub Actions, Azure Pipelines or Kubernetes offer in their
/// environment.
/// </summary>
internal static class FederatedCredential
{
    public static TokenCredential Create(CredentialOptions options, CloudEnvironment environment, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        string applicationId = options.ApplicationId ?? variable("AZURE_CLIENT_ID") ?? variable("AZURESUBSCRIPTION_CLIENT_ID") ?? throw Missing("-ApplicationId");
        string tenantId = options.TenantId ?? variable("AZURE_TENANT_ID") ?? variable("AZURESUBSCRIPTION_TENANT_ID") ?? throw Missing("-Tenant");
        if (options.FederatedToken is not null)
            return Assertion(tenantId, applicationId, environment, _ => Task.FromResult(SecureText.Reveal(options.FederatedToken)));
        if (options.FederatedTokenFile is string file)
            return Assertion(tenantId, applicationId, environment, token => ReadAsync(file, token));
        if (GitHubToken.IsOffered(variable))
        {
            var github = new GitHubToken(environment, variable);
            return Assertion(tenantId, applicationId, environment, github.GetAsync);
        }

        if (variable("SYSTEM_OIDCREQUESTURI") is { Length: > 0 } && variable("SYSTEM_ACCESSTOKEN") is { Length: > 0 } pipelineToken)
        {
            string connection = variable("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID")
                ?? throw Unavailable("the variable AZURESUBSCRIPTION_SERVICE_CONNECTION_ID does not name the service connection");
            return new AzurePipelinesCredential(
                tenantId,
                applicationId,
                connection,
                pipelineToken,
                CredentialFactory.Configure(new AzurePipelinesCredentialOptions(), environment, o => CredentialFactory.Fill(o.AdditionallyAllowedTenants)));
        }

        if (variable("AZURE_FEDERATED_TOKEN_FILE") is { Length: > 0 } workload)
            return Assertion(tenantId, applicationId, environment, token => ReadAsync(workload, token));
        throw Unavailable("neither a token nor a file was given, and this is no GitHub Actions, Azure Pipelines or Kubernetes workload identity job that offers one");
    }

    /// <summary>For the default chain in CI: where the job offers a token and names the application, and no other credential of it is set.</summary>
    public static TokenCredential? TryCreateForDefault(CredentialOptions options, CloudEnvironment environment, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        bool Has(string name) => !string.IsNullOrEmpty(variable(name));
        bool other = Has("AZURE_CLIENT_SECRET") || Has("AZURE_CLIENT_CERTIFICATE_PATH") || Has("AZURE_FEDERATED_TOKEN_FILE");
        bool named = (options.ApplicationId is not null || Has("AZURE_CLIENT_ID")) && (options.TenantId is not null || Has("AZURE_TENANT_ID"));
        return !other && named && GitHubToken.IsOffered(variable)
            ? new OptionalCredential(Create(options, environment, variable), "GitHub Actions")
            : null;
    }

    private static ClientAssertionCredential Assertion(
        string tenantId, string applicationId, CloudEnvironment environment, Func<CancellationToken, Task<string>> assertion) => new(
        tenantId,
        applicationId,
        assertion,
        CredentialFactory.Configure(new ClientAssertionCredentialOptions(), environment, o => CredentialFactory.Fill(o.AdditionallyAllowedTenants)));

    internal static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            string token = (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim();
            return token.Length > 0 ? token : throw Unavailable($"the file '{file}' is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable($"the file '{file}' cannot be read ({e.Message.TrimEnd('.')})");
        }
    }

    private static AzOpenAIException Missing(string parameter) =>
        Failure.Of(nameof(Messages.CredentialOptionMissing), ErrorKind.InvalidInput, CredentialSource.FederatedToken, parameter);

    internal static AzOpenAIException Unavailable(string reason) => Failure.Of(nameof(Messages.FederatedTokenUnavailable), ErrorKind.Authentication, reason);
}

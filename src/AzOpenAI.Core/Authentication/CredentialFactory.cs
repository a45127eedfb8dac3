using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace AzOpenAI.Core.Authentication;

/// <summary>Creates the credential of Azure.Identity for a source. The only use of that package.</summary>
internal static class CredentialFactory
{
    public static TokenCredential Create(CredentialOptions options, CloudEnvironment environment, CredentialHost host)
    {
        try
        {
            return options.Source switch
            {
                CredentialSource.Default => Default(options, environment, host),
                CredentialSource.DeviceCode => DeviceCode(options, environment, host),
                CredentialSource.Interactive => new InteractiveBrowserCredential(
                    Configure(new InteractiveBrowserCredentialOptions { TenantId = options.TenantId, DisableAutomaticAuthentication = true, DisableInstanceDiscovery = IsPrivate(environment) }, environment, host, o => Fill(o.AdditionallyAllowedTenants))),
                CredentialSource.ClientSecret => new ClientSecretCredential(
                    options.TenantId,
                    options.ApplicationId,
                    SecureText.Reveal(options.ClientSecret!),
                    Configure(new ClientSecretCredentialOptions { DisableInstanceDiscovery = IsPrivate(environment) }, environment, host, o => Fill(o.AdditionallyAllowedTenants))),
                CredentialSource.ClientCertificate => new ClientCertificateCredential(
                    options.TenantId,
                    options.ApplicationId,
                    CertificateLoader.Load(options),
                    Configure(new ClientCertificateCredentialOptions { SendCertificateChain = true, DisableInstanceDiscovery = IsPrivate(environment) }, environment, host, o => Fill(o.AdditionallyAllowedTenants))),
                CredentialSource.FederatedToken => FederatedCredential.Create(options, environment, host),
                CredentialSource.ManagedIdentity => new ManagedIdentityCredential(
                    Configure(new ManagedIdentityCredentialOptions(Identity(options)), environment, host)),
                CredentialSource.AzureCli => new AzureCliCredential(
                    Configure(new AzureCliCredentialOptions { TenantId = options.TenantId }, environment, host, o => Fill(o.AdditionallyAllowedTenants))),
                CredentialSource.AzurePowerShell => new AzurePowerShellCredential(
                    Configure(new AzurePowerShellCredentialOptions { TenantId = options.TenantId }, environment, host, o => Fill(o.AdditionallyAllowedTenants))),
                _ => throw new ArgumentOutOfRangeException(nameof(options), options.Source, "Not a credential of Azure.Identity."),
            };
        }
        catch (ArgumentException e)
        {
            // The SDK validates the format of tenant and application IDs when the credential is created.
            throw Failure.Of(
                nameof(Messages.AuthenticationFailed),
                ErrorKind.InvalidInput,
                new AnswerFacts { InnerException = e },
                options.Source,
                e.Message.Split('\n')[0].TrimEnd('.', '\r'),
                "Check -Tenant and -ApplicationId.");
        }
    }

    /// <summary>Authority, no logging, no telemetry.</summary>
    internal static T Configure<T>(T credentialOptions, CloudEnvironment environment, CredentialHost host, Action<T>? more = null)
        where T : TokenCredentialOptions
    {
        credentialOptions.AuthorityHost = environment.AuthorityHost;
        if (host.Client is HttpClient client)
            credentialOptions.Transport = new HttpClientTransport(client);
        credentialOptions.Diagnostics.IsLoggingEnabled = false;
        credentialOptions.Diagnostics.IsLoggingContentEnabled = false;
        credentialOptions.Diagnostics.IsTelemetryEnabled = false;
        credentialOptions.Diagnostics.IsDistributedTracingEnabled = false;
        more?.Invoke(credentialOptions);
        return credentialOptions;
    }

    /// <summary>True for an authority that the public cloud doesn't know: validating it there would fail, or disclose it.</summary>
    internal static bool IsPrivate(CloudEnvironment environment) => !CloudSelection.IsKnown(environment.AuthorityHost);

    internal static void Fill(IList<string> tenants) => tenants.Add("*");

    private static TokenCredential Default(CredentialOptions options, CloudEnvironment environment, CredentialHost host)
    {
        // Interactive credentials and the sign-in of an editor are never used implicitly.
        DefaultAzureCredentialOptions credentialOptions = Configure(
            new DefaultAzureCredentialOptions
            {
                TenantId = options.TenantId,
                DisableInstanceDiscovery = IsPrivate(environment),
                ManagedIdentityClientId = options.ApplicationId ?? host.Value("AZURE_CLIENT_ID"),
                ExcludeInteractiveBrowserCredential = true,
                ExcludeVisualStudioCredential = true,
                ExcludeVisualStudioCodeCredential = true,
                ExcludeAzureDeveloperCliCredential = true,
                ExcludeBrokerCredential = true,
            },
            environment,
            host,
            o => Fill(o.AdditionallyAllowedTenants));
        var chain = new DefaultAzureCredential(credentialOptions);
        return FederatedCredential.TryCreateForDefault(options, environment, host) is TokenCredential federated ? new ChainedTokenCredential(federated, chain) : chain;
    }

    private static DeviceCodeCredential DeviceCode(CredentialOptions options, CloudEnvironment environment, CredentialHost host) => new(Configure(
        new DeviceCodeCredentialOptions
        {
            TenantId = options.TenantId,
            DisableAutomaticAuthentication = true,
            DisableInstanceDiscovery = IsPrivate(environment),
            DeviceCodeCallback = (code, _) =>
            {
                options.DeviceCodePrompt?.Invoke(code.Message);
                return Task.CompletedTask;
            },
        },
        environment,
        host,
        o => Fill(o.AdditionallyAllowedTenants)));

    private static ManagedIdentityId Identity(CredentialOptions options) => options.ApplicationId is null
        ? ManagedIdentityId.SystemAssigned
        : ManagedIdentityId.FromUserAssignedClientId(options.ApplicationId);
}

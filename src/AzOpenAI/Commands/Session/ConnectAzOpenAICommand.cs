using System.Management.Automation;
using System.Security;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Sessions;
using AzOpenAI.Emulator;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Connect-AzOpenAI.</summary>
[Cmdlet(VerbsCommunications.Connect, "AzOpenAI", DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(Context))]
public sealed class ConnectAzOpenAICommand : AzOpenAICmdlet
{
    private const string DefaultSet = "Default";
    private const string DeviceSet = "DeviceCode";
    private const string InteractiveSet = "Interactive";
    private const string SecretSet = "ClientSecret";
    private const string CertificateFileSet = "CertificateFile";
    private const string CertificateStoreSet = "CertificateThumbprint";
    private const string FederatedSet = "FederatedToken";
    private const string FederatedFileSet = "FederatedTokenFile";
    private const string IdentitySet = "ManagedIdentity";
    private const string AzureCliSet = "AzureCli";
    private const string AzurePowerShellSet = "AzurePowerShell";
    private const string AccessTokenSet = "AccessToken";
    private const string EmulatorSet = "Emulator";

    [Parameter(Mandatory = true, ParameterSetName = DeviceSet)]
    [Alias("UseDeviceCode")]
    public SwitchParameter UseDeviceAuthentication { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    public SwitchParameter Interactive { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    public PSCredential Credential { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [ValidateNotNullOrEmpty]
    public string CertificatePath { get; set; } = null!;

    [Parameter(ParameterSetName = CertificateFileSet)]
    public SecureString? CertificatePassword { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = CertificateStoreSet)]
    [ValidateNotNullOrEmpty]
    public string CertificateThumbprint { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = FederatedSet)]
    [SecureStringTransformation]
    public SecureString FederatedToken { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = FederatedFileSet)]
    [ValidateNotNullOrEmpty]
    public string FederatedTokenFile { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateStoreSet)]
    [Parameter(Mandatory = true, ParameterSetName = FederatedSet)]
    [Parameter(Mandatory = true, ParameterSetName = FederatedFileSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = DefaultSet)]
    [Alias("ClientId")]
    [ValidateNotNullOrEmpty]
    public string? ApplicationId { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = IdentitySet)]
    public SwitchParameter Identity { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = AzureCliSet)]
    public SwitchParameter AzureCli { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = AzurePowerShellSet)]
    public SwitchParameter AzurePowerShell { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = AccessTokenSet)]
    [SecureStringTransformation]
    public SecureString AccessToken { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    public SwitchParameter Emulator { get; set; }

    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateNotNull]
    public Uri? EmulatorUri { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Tenant { get; set; }

    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Subscription { get; set; }

    [Parameter]
    [ValidateSet("AzureCloud", "AzureUSGovernment", "AzureChinaCloud")]
    public string? Environment { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Uri? ManagementEndpoint { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Uri? AuthorityHost { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = Subscription ?? Tenant;
        ConnectRequest request = new()
        {
            Credential = CreateCredential(),
            Environment = CreateEnvironment(),
            Subscription = Subscription,
            Tenant = Tenant,
        };
        // A time-out that the user specified applies to a device code too; our own default doesn't: a code is valid for longer.
        ServiceOptions options = CreateOptions() with { LoginWait = IsBound(nameof(MaxWaitSeconds)) ? TimeSpan.FromSeconds(MaxWaitSeconds) : null };
        Context context = await ContextFactory.ConnectAsync(request, options, cancellationToken).ConfigureAwait(false);
        Session.Connect(context);
        await WriteAsync(context).ConfigureAwait(false);
    }

    private CredentialOptions CreateCredential() => new()
    {
        Source = ParameterSetName switch
        {
            DeviceSet => CredentialSource.DeviceCode,
            InteractiveSet => CredentialSource.Interactive,
            SecretSet => CredentialSource.ClientSecret,
            CertificateFileSet or CertificateStoreSet => CredentialSource.ClientCertificate,
            FederatedSet or FederatedFileSet => CredentialSource.FederatedToken,
            IdentitySet => CredentialSource.ManagedIdentity,
            AzureCliSet => CredentialSource.AzureCli,
            AzurePowerShellSet => CredentialSource.AzurePowerShell,
            AccessTokenSet => CredentialSource.AccessToken,
            EmulatorSet => CredentialSource.Emulator,
            _ => CredentialSource.Default,
        },
        TenantId = Tenant,
        ApplicationId = Credential?.UserName ?? ApplicationId,
        ClientSecret = Credential?.Password,
        CertificatePath = CertificatePath is null ? null : GetUnresolvedProviderPathFromPSPath(CertificatePath),
        CertificatePassword = CertificatePassword,
        CertificateThumbprint = CertificateThumbprint,
        FederatedToken = FederatedToken,
        FederatedTokenFile = FederatedTokenFile is null ? null : GetUnresolvedProviderPathFromPSPath(FederatedTokenFile),
        AccessToken = AccessToken,
        DeviceCodePrompt = Reporter.Warning,
    };

    private CloudEnvironment CreateEnvironment()
    {
        if (ParameterSetName == EmulatorSet)
        {
            Uri? uri = EmulatorUri ?? EmulatorProcesses.Newest?.Uri;
            return EmulatorEnvironment.Create(uri ?? throw Failure.Of(nameof(Messages.EmulatorNotRunning), ErrorKind.NotFound));
        }

        return CloudSelection.Select(Environment, ManagementEndpoint, AuthorityHost);
    }
}

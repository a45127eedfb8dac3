using System.ComponentModel;
using System.Management.Automation;
using System.Security;
using AzOpenAI.Async;
using AzOpenAI.Completers;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Cmdlets;

/// <summary>A cmdlet that calls a deployment. One pipeline item is one call; a connection is never treated as text (engine facts: pipeline binding).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DataPlaneCmdlet : AzOpenAICmdlet
{
    private SecretReader? _secrets;
    private string? _said;
    private bool _callsWithKey;
    // A class, not a tuple: the layout of a tuple would load Core in every import of the module.
    private Target? _target;

    /// <summary>The pipeline input: a connection, or input.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The connection, by object or name. Never from the pipeline.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionIdentity? Connection { get; set; }

    /// <summary>Endpoint in any format that a portal shows, for one call without a connection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Endpoint { get; set; }

    /// <summary>Key for -Endpoint.</summary>
    [Parameter]
    [SecureStringTransformation]
    public SecureString? Key { get; set; }

    /// <summary>Entra ID instead of the connection's key, and permission to send a token to its host.</summary>
    [Parameter]
    public SwitchParameter UseEntraId { get; set; }

    /// <summary>Deployment; on OpenAI's own API the model.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>Dated API version instead of the v1 API.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiVersion { get; set; }

    /// <summary>Maximum time without receiving data, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>Maximum size of a response, in bytes after decompression.</summary>
    [Parameter]
    [ValidateRange(1024L, 2L * 1024 * 1024 * 1024)]
    public long MaxResponseBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>With a key, nothing blocks before the socket. A token may come from a program or a sign-in that blocks.</summary>
    private protected override bool StartsOnPipelineThread => _callsWithKey;

    /// <summary>False for a record that doesn't call the data plane, and so doesn't need the connection's secrets.</summary>
    private protected virtual bool NeedsConnection => true;

    /// <summary>True for parallel calls: they share the deployment's limits, and report everything once. Set before the first one.</summary>
    private protected bool SharesLimits { get; set; }

    /// <summary>The piped connection, or null.</summary>
    private protected IConnectionSource? PipedSource { get; private set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (NeedsConnection)
                ReadSecrets();
        }
        catch (AzOpenAIException e)
        {
            WriteError(CreateErrorRecord(e));
            return;
        }

        base.ProcessRecord();
    }

    /// <summary>True if the item is a connection; it is then used for the following calls.</summary>
    private protected bool TakeConnection(PSObject? item)
    {
        if (item is null)
            return false;
        ConnectionIdentity.RefuseDeserialized(item);
        if (item.BaseObject is not IConnectionSource source)
            return false;
        PipedSource = source;
        return true;
    }

    /// <summary>The client and the deployment.</summary>
    private protected (DataPlaneClient Client, string Deployment) GetClient()
    {
        (DataPlaneClient client, string? deployment) = FindClient();
        Connection connection = client.Connection;
        return (client, deployment ?? throw Failure.Of(nameof(Messages.DeploymentMissing), ErrorKind.InvalidInput, connection.Name ?? connection.Endpoint.ToString()));
    }

    /// <summary>The client, and the deployment if one is specified: for operations that don't always need one.</summary>
    private protected (DataPlaneClient Client, string? Deployment) FindClient()
    {
        // Only a piped connection changes between two records.
        if (_target is null || !ReferenceEquals(_target.Piped, PipedSource))
        {
            Connection found = ConnectionResolver.Resolve(Session, PipedSource ?? Connection?.Resolve(Session), Endpoint, Key, UseEntraId, ApiVersion);
            found = _secrets?.Fill(found) ?? found;
            _target = new Target(PipedSource, found, CreateClient(found));
        }

        Connection connection = _target.Connection;
        ErrorTarget ??= connection.Endpoint;
        return (_target.Client, Deployment ?? connection.Deployment ?? DefaultDeployment(connection));
    }

    private DataPlaneClient CreateClient(Connection connection)
    {
        ServiceOptions options = CreateOptions() with { NetworkTimeout = TimeSpan.FromSeconds(TimeoutSec), MaxResponseBytes = MaxResponseBytes };
        RequestGovernors? governors = SharesLimits ? Session.Governors : null;
        if (SharesLimits)
            options = options with { Reporter = new SideBySideReporter(Reporter) };
        if (connection.Authentication != AuthenticationKind.EntraId)
            return new DataPlaneClient(connection, null, null, options, governors);

        Context? context = Session.Context;
        if (context is null && connection.Endpoint.IsLoopback)
            return new DataPlaneClient(connection, TokenSources.Emulator, null, options, governors);
        if (context is not null)
            return new DataPlaneClient(connection, context.TokenSource, context.Environment, options, governors);
        CloudEnvironment cloud = CloudSelection.OfEndpoint(connection.Endpoint);
        return new DataPlaneClient(connection, Session.DefaultTokens(cloud), cloud, options, governors);
    }

    // A vault is read with a command, which must run on the pipeline thread: before the record's work leaves it.
    private void ReadSecrets()
    {
        IConnectionSource? source = InputObject?.BaseObject as IConnectionSource ?? PipedSource;
        Connection? connection = source?.Connection ?? Connection?.Resolve(Session) ?? (Endpoint is null ? Session.DefaultConnection : null);
        if (UseEntraId && connection is not null)
            connection = connection with { KeyReference = null, Authentication = AuthenticationKind.EntraId };
        _callsWithKey = connection is null ? Key is not null : connection.Authentication == AuthenticationKind.ApiKey;
        if (connection is null || (connection.KeyReference is null && connection.Headers.Count == 0))
            return;
        ErrorTarget = connection.Endpoint;
        _secrets ??= new SecretReader(this);
        _secrets.Read(connection);
    }

    private string? DefaultDeployment(Connection connection)
    {
        if (connection.Kind == ConnectionKind.OpenAI || Session.DefaultDeployment is not string deployment)
            return null;
        if (_said != deployment)
            Reporter.Verbose($"Using the session's default deployment '{deployment}'.");
        _said = deployment;
        return deployment;
    }

    private sealed record Target(IConnectionSource? Piped, Connection Connection, DataPlaneClient Client);
}

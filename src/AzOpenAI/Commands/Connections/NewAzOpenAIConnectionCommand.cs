using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Connections;
using AzOpenAI.Core.Errors;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAIConnection.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAIConnection", SupportsShouldProcess = true, DefaultParameterSetName = ByEndpoint)]
[OutputType(typeof(Connection))]
public sealed class NewAzOpenAIConnectionCommand : ConnectionEditCmdlet
{
    private const string ByEndpoint = "Endpoint";
    private const string BySource = "InputObject";

    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByEndpoint)]
    [ValidateNotNullOrEmpty]
    public string Endpoint { get; set; } = null!;

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = BySource)]
    [ValidateNotNull]
    public PSObject InputObject { get; set; } = null!;

    [Parameter(ParameterSetName = ByEndpoint)]
    public ConnectionKind Kind { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Session session = Session.Current;
        try
        {
            Connection connection = (ParameterSetName == ByEndpoint ? FromEndpoint() : FromSource()) with { Name = Name, IsDefault = Default };
            if (session.Connections.ContainsKey(Name) && !Force)
                throw Failure.Of(nameof(Messages.ConnectionExists), ErrorKind.AlreadyExists, Name);
            if (!ShouldProcess(Name, $"Save a connection to {connection.Endpoint.Host}"))
                return;
            session.Keep(connection);
            WriteObject(connection);
        }
        catch (AzOpenAIException e)
        {
            WriteFailure(e, Name);
        }
    }

    private Connection FromEndpoint() =>
        ConnectionBuilder.Create(CreateRequest(Endpoint, MyInvocation.BoundParameters.ContainsKey(nameof(Kind)) ? Kind : null));

    private Connection FromSource()
    {
        ConnectionIdentity.RefuseDeserialized(InputObject);
        if (InputObject.BaseObject is not IConnectionSource source)
            throw Failure.Of(nameof(Messages.ConnectionSourceInvalid), ErrorKind.InvalidInput, InputObject.BaseObject.GetType().Name);
        return ConnectionBuilder.Change(source.Connection, CreateRequest(null, null));
    }
}

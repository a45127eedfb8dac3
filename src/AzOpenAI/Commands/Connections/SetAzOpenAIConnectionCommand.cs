using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Connections;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Set-AzOpenAIConnection.</summary>
[Cmdlet(VerbsCommon.Set, "AzOpenAIConnection", SupportsShouldProcess = true)]
[OutputType(typeof(Connection))]
public sealed class SetAzOpenAIConnectionCommand : ConnectionEditCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Endpoint { get; set; }

    [Parameter]
    public ConnectionKind Kind { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Session session = Session.Current;
        try
        {
            Connection old = session.GetConnection(Name);
            Connection changed = ConnectionBuilder.Change(old, CreateRequest(Endpoint, MyInvocation.BoundParameters.ContainsKey(nameof(Kind)) ? Kind : null));
            changed = changed with { IsDefault = MyInvocation.BoundParameters.ContainsKey(nameof(Default)) ? Default : old.IsDefault };
            if (!ShouldProcess(old.Name, "Change the connection"))
                return;
            session.Keep(changed);
            WriteObject(changed);
        }
        catch (AzOpenAIException e)
        {
            WriteFailure(e, Name);
        }
    }
}

using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Http;
using AzOpenAI.Errors;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Remove-AzOpenAIConnection.</summary>
[Cmdlet(VerbsCommon.Remove, "AzOpenAIConnection", SupportsShouldProcess = true)]
[OutputType(typeof(Connection))]
public sealed class RemoveAzOpenAIConnectionCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Session session = Session.Current;
        try
        {
            WildcardPattern pattern = WildcardPattern.Get(Name, WildcardOptions.IgnoreCase);
            Connection[] found = WildcardPattern.ContainsWildcardCharacters(Name)
                ? [.. session.Connections.Values.Where(connection => pattern.IsMatch(connection.Name))]
                : [session.GetConnection(Name)];
            foreach (Connection connection in found)
            {
                if (!ShouldProcess(connection.Name, "Remove the connection"))
                    continue;
                session.Forget(connection.Name!);
                if (PassThru)
                    WriteObject(connection);
            }
        }
        catch (AzOpenAIException e)
        {
            WriteError(ErrorRecords.From(e, ShownText.Name(Name)));
        }
    }
}

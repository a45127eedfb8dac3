using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Errors;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIConnection.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIConnection", DefaultParameterSetName = ByName)]
[OutputType(typeof(Connection))]
public sealed class GetAzOpenAIConnectionCommand : PSCmdlet
{
    private const string ByName = "Name";
    private const string ByUse = "Current";

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ByUse)]
    public SwitchParameter Current { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Session session = Session.Current;
        try
        {
            if (Current)
                WriteObject(ConnectionResolver.Current(session) ?? throw Failure.Of(nameof(Messages.ConnectionMissing), ErrorKind.NotFound));
            else if (Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
                WriteObject(session.GetConnection(Name));
            else
                WriteMatches(session, WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase));
        }
        catch (AzOpenAIException e)
        {
            WriteError(ErrorRecords.From(e, Name is null ? null : ShownText.Name(Name)));
        }
    }

    private void WriteMatches(Session session, WildcardPattern pattern)
    {
        foreach (Connection connection in session.Connections.Values.Where(c => pattern.IsMatch(c.Name)).OrderBy(static c => c.Name, StringComparer.OrdinalIgnoreCase))
            WriteObject(connection);
    }
}

using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Errors;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIContext.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIContext")]
[OutputType(typeof(Context))]
public sealed class GetAzOpenAIContextCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Session.Current.Context is Context context)
            WriteObject(context);
        else
            WriteError(ErrorRecords.From(Failure.Of(nameof(Messages.NotConnected), ErrorKind.NotFound), null));
    }
}

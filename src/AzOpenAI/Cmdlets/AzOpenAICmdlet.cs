using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Errors;
using AzOpenAI.Sessions;

namespace AzOpenAI.Cmdlets;

/// <summary>The base of cmdlets that use the network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AzOpenAICmdlet : AsyncCmdlet
{
    /// <summary>Maximum total time to wait for throttling, retries and long-running operations, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int MaxWaitSeconds { get; set; } = 300;

    /// <summary>The user's input for the current record.</summary>
    private protected object? ErrorTarget { get; set; }

    /// <summary>The session of the runspace, read on the pipeline thread because tasks run elsewhere.</summary>
    private protected Session Session { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Session = Session.Current;
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override ErrorRecord CreateErrorRecord(Exception exception) => ErrorRecords.From(exception, ErrorTarget);

    private protected override Exception CreateUnanswered(string question, string problem) =>
        Failure.Of(nameof(Messages.ConfirmationImpossible), ErrorKind.PermissionDenied, question, problem);

    private protected ServiceOptions CreateOptions() => new() { MaxWait = TimeSpan.FromSeconds(MaxWaitSeconds), Reporter = Reporter, TokenUses = Session.TokenUses };

    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}

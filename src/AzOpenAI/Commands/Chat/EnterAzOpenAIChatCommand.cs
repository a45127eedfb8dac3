using System.Management.Automation;
using AzOpenAI.Chat;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Parameters;
using AzOpenAI.Terminal;

namespace AzOpenAI.Commands;

/// <summary>Enter-AzOpenAIChat.</summary>
[Cmdlet(VerbsCommon.Enter, "AzOpenAIChat")]
[OutputType(typeof(Conversation))]
public sealed class EnterAzOpenAIChatCommand : DataPlaneCmdlet
{
    private Conversation? _piped;
    private HostTerminal? _terminal;

    [Parameter]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    [ValidateNotNull]
    public ConversationIdentity? Conversation { get; set; }

    [Parameter]
    public string? System { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = null;
        if (InputObject?.BaseObject is Conversation conversation)
            _piped = conversation;
        else if (InputObject is not null && !TakeConnection(InputObject))
            throw Failure.Of(nameof(Messages.ConnectionSourceInvalid), ErrorKind.InvalidInput, InputObject.BaseObject.GetType().Name);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (MyInvocation.ExpectingInput && _piped is null && PipedSource is null)
            return;
        ErrorTarget = null;
        if (_piped is not null && Conversation is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-Conversation", "a conversation from the pipeline");
        AzOpenAIException? missing = await InvokeOnPipelineThreadAsync(OpenTerminal).ConfigureAwait(false);
        if (missing is not null)
            throw missing;
        Conversation conversation;
        using (HostTerminal terminal = _terminal!)
        {
            (DataPlaneClient client, string deployment) = GetClient();
            conversation = _piped ?? Conversation?.Resolve(Session) ?? new Conversation();
            if (!string.IsNullOrEmpty(System))
                ConversationEdits.SetSystem(conversation, System);
            ConsoleChat chat = new(this, Describe, terminal, client, deployment, conversation);
            await chat.RunAsync(cancellationToken).ConfigureAwait(false);
            conversation = chat.Conversation;
        }

        if (PassThru)
            await WriteAsync(conversation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // A stop may abandon the work; the terminal must be reset before it returns to the shell.
        if (disposing)
            _terminal?.Dispose();
    }

    // An exception on the pipeline thread ends the pipeline, so errors are returned.
    private AzOpenAIException? OpenTerminal()
    {
        try
        {
            _terminal = HostTerminal.Open(Host?.UI, () => Stopping);
            return null;
        }
        catch (AzOpenAIException mistake)
        {
            return mistake;
        }
    }

    // The text of an error that is shown and not written to the error stream.
    private string Describe(AzOpenAIException failure) => CreateErrorRecord(failure).ErrorDetails.Message;
}

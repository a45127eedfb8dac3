using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <content>The conversation that a call continues.</content>
public sealed partial class InvokeAzOpenAIChatCommand
{
    // Pipeline input applies to its own record, or with -Join to the only call at the end.
    private Conversation? _piped;
    private Conversation? _named;

    [Parameter]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    [ValidateNotNull]
    public ConversationIdentity? Conversation { get; set; }

    private async Task AskInAsync(Conversation piped, CancellationToken cancellationToken)
    {
        ErrorTarget = piped;
        if (Conversation is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-Conversation", "a conversation from the pipeline");
        RefuseConversationConflicts();
        _piped = piped;
        if (Join)
        {
            _sawConnection = true;
            return;
        }

        try
        {
            await AskAsync(null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _piped = null;
        }
    }

    private void RefuseConversationConflicts()
    {
        if (Conversation is null && InputObject?.BaseObject is not AzOpenAI.Conversation)
            return;
        string? other = ChoiceCount > 1 ? "-ChoiceCount greater than 1" : IsBulk ? Several : null;
        if (other is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "A conversation", other);
    }

    /// <summary>Inserts the history before the messages, and locks the conversation until the response is received; null for a single call.</summary>
    private ConversationCall? BeginCall(List<ChatMessage> messages)
    {
        if (_piped is null && Conversation is null)
            return null;
        Conversation conversation = _piped ?? (_named ??= Conversation!.Resolve(Session));
        // The first message is then the text of -System, which replaces the conversation's own.
        bool hasSystem = !string.IsNullOrEmpty(System);
        ConversationCall call = ConversationCall.Begin(conversation, hasSystem ? System : null, hasSystem ? messages[1..] : messages);
        if (call.Dropped.Turns > 0)
            ReportDropped(call);
        return call;
    }

    // Users don't expect dropped turns. Only the first time is a warning, so that others aren't lost among them.
    private void ReportDropped(ConversationCall call)
    {
        string limit = $"MaxTurns {call.Conversation.MaxTurns}{(call.Conversation.MaxTokens > 0 ? $", MaxTokens {call.Conversation.MaxTokens}" : "")}";
        if (call.Conversation.Dropped.Turns == 0)
            Reporter.Warning($"Conversation '{call.Conversation}' has reached its limit ({limit}). Its oldest turns are no longer sent ({call.Dropped} so far, see its Dropped property).");
        else
            Reporter.Verbose($"Omitting the oldest turns of conversation '{call.Conversation}' ({call.Dropped}; {limit}).");
    }
}

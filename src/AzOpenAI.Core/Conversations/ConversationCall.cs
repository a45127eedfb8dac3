using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Conversations;

/// <summary>
/// One call of a conversation: locks it, determines what to send, and adds the response. Without <see cref="Commit"/> the conversation isn't
/// changed, whatever happened.
/// </summary>
public sealed class ConversationCall : IDisposable
{
    private readonly IReadOnlyList<ConversationEntry> _entries;
    private bool _isOver;

    private ConversationCall(Conversation conversation, IReadOnlyList<ConversationEntry> entries, ConversationDropped dropped)
    {
        Conversation = conversation;
        _entries = entries;
        Dropped = dropped;
        Messages = [.. entries.Select(static entry => entry.Message)];
    }

    /// <summary>The conversation.</summary>
    public Conversation Conversation { get; }

    /// <summary>The messages to send: the history without what doesn't fit, and the new messages.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>What this call omits; it is removed from the conversation when the response is added.</summary>
    public ConversationDropped Dropped { get; }

    /// <summary>Starts a call. Must be disposed.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="system">Replaces its system messages; null to keep them.</param>
    /// <param name="added">The new messages. May be empty if the history ends with a message to respond to.</param>
    /// <exception cref="AzOpenAIException">ConversationBusy, ConversationTokensExceeded, MessageMissing.</exception>
    public static ConversationCall Begin(Conversation conversation, string? system, IReadOnlyList<ChatMessage> added)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(added);
        ConversationEdits.Enter(conversation);
        try
        {
            IReadOnlyList<ConversationEntry> history = conversation.State.Entries;
            if (system is not null)
                history = ConversationEdits.WithSystem(history, system);
            List<ConversationEntry> entries = [.. history, .. added.Select(static message => new ConversationEntry(message, null))];
            if (added.Count == 0 && (entries.Count == 0 || entries[^1].Message.Role is not ("user" or "tool" or "function")))
                throw Failure.Of(nameof(Errors.Messages.MessageMissing), ErrorKind.InvalidInput);
            (IReadOnlyList<ConversationEntry> kept, ConversationDropped dropped) = ConversationTurns.Fit(entries, conversation.MaxTurns, conversation.MaxTokens);
            return new ConversationCall(conversation, kept, dropped);
        }
        catch
        {
            conversation.Leave();
            throw;
        }
    }

    /// <summary>Adds the response to the conversation. A completion without choices changes nothing.</summary>
    /// <param name="completion">The response; its first choice is used.</param>
    /// <param name="rounds">The tool calls and their results before the response, in order.</param>
    /// <param name="lastUsage">The usage of the last request only, if <paramref name="completion"/> has that of all rounds.</param>
    public void Commit(ChatCompletion completion, IReadOnlyList<ChatMessage>? rounds = null, TokenUsage? lastUsage = null)
    {
        ArgumentNullException.ThrowIfNull(completion);
        ObjectDisposedException.ThrowIf(_isOver, this);
        if (completion.Choices.Count == 0)
            return;
        IReadOnlyList<ConversationEntry> sent = rounds is { Count: > 0 } ? [.. _entries, .. rounds.Select(static message => new ConversationEntry(message, null))] : _entries;
        TokenUsage? measured = lastUsage ?? (rounds is { Count: > 0 } ? null : completion.Usage);
        if (measured is { PromptTokens: > 0 })
            sent = ConversationTurns.Measure(sent, measured.PromptTokens);
        // Reasoning is billed, but never sent again.
        double? answer = measured is { CompletionTokens: > 0 } ? Math.Max(0, measured.CompletionTokens - measured.ReasoningTokens) : null;
        IReadOnlyList<ConversationEntry> entries = [.. sent, new ConversationEntry(completion.Choices[0].ToMessage(), answer)];

        ConversationState old = Conversation.State;
        Conversation.State = ConversationEdits.WithEntries(old, entries) with
        {
            Calls = old.Calls + 1,
            Usage = UsageSum.Of(old.Usage, completion.Usage)!,
            Dropped = Sum(old.Dropped, Dropped),
        };
    }

    /// <summary>Unlocks the conversation.</summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        Conversation.Leave();
    }

    private static ConversationDropped Sum(ConversationDropped old, ConversationDropped more) =>
        new() { Turns = old.Turns + more.Turns, Messages = old.Messages + more.Messages, Tokens = old.Tokens + more.Tokens };
}

using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Conversations;

/// <summary>
/// One call of a conversation: holds it against a second one, says what to send, and takes the answer in. Without <see cref="Commit"/> the conversation stays
/// as it was, whatever has happened.
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

    /// <summary>What to send: the history without what does not fit, and what is new.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>What this call leaves out; it leaves the conversation when the answer is in.</summary>
    public ConversationDropped Dropped { get; }

    /// <summary>Begins a call. Dispose it in any case.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="system">Takes the place of its system messages; null leaves them.</param>
    /// <param name="added">What is new. May be empty where the history ends with something to answer.</param>
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

    /// <summary>Takes the answer into the conversation. A completion without any choice changes nothing.</summary>
    /// <param name="completion">The answer; its first choice counts.</param>
    /// <param name="rounds">What was sent and answered on the way to it: tool calls and their results, in order.</param>
    /// <param name="lastUsage">The usage of the last request alone, where <paramref name="completion"/> has that of all rounds.</param>
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

    /// <summary>Lets the conversation go.</summary>
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

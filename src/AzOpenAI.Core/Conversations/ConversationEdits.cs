using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Conversations;

/// <summary>Changes of a conversation without a call. Rejected while a call is in progress.</summary>
public static class ConversationEdits
{
    /// <summary>Creates a conversation.</summary>
    /// <param name="name">Its name, or null.</param>
    /// <param name="system">A system message before all others, or null.</param>
    /// <param name="messages">Initial messages.</param>
    /// <param name="maxTurns">Maximum number of turns; 0 for no limit.</param>
    /// <param name="maxTokens">Maximum number of tokens; 0 for no limit.</param>
    public static Conversation Create(string? name, string? system, IReadOnlyList<ChatMessage> messages, int maxTurns, int maxTokens)
    {
        Conversation conversation = new(name) { MaxTurns = maxTurns, MaxTokens = maxTokens };
        IEnumerable<ChatMessage> all = string.IsNullOrEmpty(system) ? messages : messages.Prepend(new ChatMessage("system", system));
        conversation.State = WithEntries(ConversationState.Empty, [.. all.Select(static message => new ConversationEntry(message, null))]);
        return conversation;
    }

    /// <summary>Returns a copy with another name.</summary>
    public static Conversation Rename(Conversation conversation, string? name) => new(name)
    {
        CreatedAt = conversation.CreatedAt,
        MaxTurns = conversation.MaxTurns,
        MaxTokens = conversation.MaxTokens,
        State = conversation.State,
    };

    /// <summary>Replaces the system messages; an empty text removes them.</summary>
    /// <exception cref="AzOpenAIException">ConversationBusy.</exception>
    public static void SetSystem(Conversation conversation, string text) => Change(conversation, state => WithEntries(state, WithSystem(state.Entries, text)));

    /// <summary>Removes everything but the system messages. The usage so far is kept.</summary>
    /// <exception cref="AzOpenAIException">ConversationBusy.</exception>
    public static void Clear(Conversation conversation) => Change(conversation, static state =>
        WithEntries(state, [.. state.Entries.Where(static entry => ConversationTurns.IsKept(entry.Message.Role))]) with { Dropped = new ConversationDropped() });

    /// <summary>Removes the last turn.</summary>
    /// <returns>The messages of that turn; empty if there was none.</returns>
    /// <exception cref="AzOpenAIException">ConversationBusy.</exception>
    public static IReadOnlyList<ChatMessage> Undo(Conversation conversation)
    {
        List<ChatMessage> undone = [];
        Change(conversation, state =>
        {
            int[] numbers = ConversationTurns.Number(state.Entries);
            List<ConversationEntry> kept = [];
            for (int i = 0; i < numbers.Length; i++)
            {
                if (numbers[i] >= 0 && numbers[i] == state.Turns - 1)
                    undone.Add(state.Entries[i].Message);
                else
                    kept.Add(state.Entries[i]);
            }

            return WithEntries(state, kept);
        });
        return undone;
    }

    /// <summary>Takes a snapshot of the conversation.</summary>
    public static object Remember(Conversation conversation) => conversation.State;

    /// <summary>Restores a snapshot. The usage since then is kept, because it is billed.</summary>
    /// <exception cref="AzOpenAIException">ConversationBusy.</exception>
    public static void GoBack(Conversation conversation, object remembered) => Change(conversation, state =>
        (ConversationState)remembered with { Calls = state.Calls, Usage = state.Usage });

    internal static void Enter(Conversation conversation)
    {
        if (!conversation.TryEnter())
            throw Failure.Of(nameof(Messages.ConversationBusy), ErrorKind.Busy, conversation.ToString());
    }

    internal static ConversationState WithEntries(ConversationState state, IReadOnlyList<ConversationEntry> entries) =>
        state with { Entries = entries, Turns = ConversationTurns.Count(entries), Tokens = ConversationTurns.Tokens(entries) };

    internal static IReadOnlyList<ConversationEntry> WithSystem(IReadOnlyList<ConversationEntry> entries, string text)
    {
        if (entries.Where(static entry => ConversationTurns.IsKept(entry.Message.Role)).Take(2).ToArray() is [{ Message.Parts.Count: 0 } only] && only.Message.Content == text)
            return entries;
        IEnumerable<ConversationEntry> rest = entries.Where(static entry => !ConversationTurns.IsKept(entry.Message.Role));
        return text.Length == 0 ? [.. rest] : [new ConversationEntry(new ChatMessage("system", text), null), .. rest];
    }

    private static void Change(Conversation conversation, Func<ConversationState, ConversationState> change)
    {
        Enter(conversation);
        try
        {
            conversation.State = change(conversation.State);
        }
        finally
        {
            conversation.Leave();
        }
    }
}

using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Conversations;

/// <summary>Changes of a conversation that ask nobody. Each is refused while a call is going on.</summary>
public static class ConversationEdits
{
    /// <summary>A new conversation.</summary>
    /// <param name="name">Its name, or null.</param>
    /// <param name="system">A system message before all others, or null.</param>
    /// <param name="messages">What has been said already.</param>
    /// <param name="maxTurns">Most turns; 0: any number.</param>
    /// <param name="maxTokens">Most tokens; 0: any number.</param>
    public static Conversation Create(string? name, string? system, IReadOnlyList<ChatMessage> messages, int maxTurns, int maxTokens)
    {
        Conversation conversation = new(name) { MaxTurns = maxTurns, MaxTokens = maxTokens };
        IEnumerable<ChatMessage> all = string.IsNullOrEmpty(system) ? messages : messages.Prepend(new ChatMessage("system", system));
        conversation.State = WithEntries(ConversationState.Empty, [.. all.Select(static message => new ConversationEntry(message, null))]);
        return conversation;
    }

    /// <summary>The same history and figures under another name.</summary>
    public static Conversation Rename(Conversation conversation, string? name) => new(name)
    {
        CreatedAt = conversation.CreatedAt,
        MaxTurns = conversation.MaxTurns,
        MaxTokens = conversation.MaxTokens,
        State = conversation.State,
    };

    /// <summary>Puts a text in the place of the system messages; empty: removes them.</summary>
    /// <exception cref="AzOpenAIException">ConversationBusy.</exception>
    public static void SetSystem(Conversation conversation, string text) => Change(conversation, state => WithEntries(state, WithSystem(state.Entries, text)));

    /// <summary>Forgets everything but the system messages. What was used so far stays counted.</summary>
    /// <exception cref="AzOpenAIException">ConversationBusy.</exception>
    public static void Clear(Conversation conversation) => Change(conversation, static state =>
        WithEntries(state, [.. state.Entries.Where(static entry => ConversationTurns.IsKept(entry.Message.Role))]) with { Dropped = new ConversationDropped() });

    /// <summary>Takes the last turn back.</summary>
    /// <returns>The messages of that turn; empty where there was none.</returns>
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

    /// <summary>Takes what the conversation holds, to go back to.</summary>
    public static object Remember(Conversation conversation) => conversation.State;

    /// <summary>Goes back to what was remembered. What was used since stays counted: it is billed.</summary>
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

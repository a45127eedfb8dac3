namespace AzOpenAI;

/// <summary>One state of a conversation. It is replaced as a whole, so that readers never see a partial turn.</summary>
internal sealed record ConversationState
{
    public static ConversationState Empty { get; } = new();

    /// <summary>Messages and their tokens, as far as known.</summary>
    public IReadOnlyList<ConversationEntry> Entries
    {
        get;
        init
        {
            field = value;
            ChatMessage[] messages = [.. value.Select(static entry => entry.Message)];
            // A collection of a public type: PowerShell can't index others.
            Messages = Array.AsReadOnly(messages);
        }
    } = [];

    public IReadOnlyList<ChatMessage> Messages { get; private init; } = [];

    public int Turns { get; init; }

    public int Tokens { get; init; }

    public int Calls { get; init; }

    public TokenUsage Usage { get; init; } = new();

    public ConversationDropped Dropped { get; init; } = new();
}

/// <summary>A message and its tokens.</summary>
/// <param name="Message">The message.</param>
/// <param name="Tokens">Its share of the service's count; null if it was never sent, or if the service didn't report it.</param>
internal sealed record ConversationEntry(ChatMessage Message, double? Tokens);

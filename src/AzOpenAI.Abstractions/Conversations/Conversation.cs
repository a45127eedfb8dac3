namespace AzOpenAI;

/// <summary>
/// A chat with its history. A call sends the history and adds the prompt and the response to it; the oldest turns are removed if there are too many. Only one
/// call at a time: a second one is rejected. Reading is always safe.
/// </summary>
public sealed class Conversation
{
    /// <summary>The default number of turns that a conversation keeps.</summary>
    public const int DefaultMaxTurns = 10;

    private volatile ConversationState _state = ConversationState.Empty;
    private int _isBusy;

    /// <summary>Creates an empty conversation that isn't stored in a session.</summary>
    /// <param name="name">Name, or null.</param>
    public Conversation(string? name = null) => Name = name;

    /// <summary>Name in the session; null if it isn't stored there.</summary>
    public string? Name { get; }

    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset CreatedAt { get; internal init; } = DateTimeOffset.UtcNow;

    /// <summary>Maximum number of turns to keep and send, including the new one; 0 for no limit. A turn starts with a user message.</summary>
    public int MaxTurns
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = DefaultMaxTurns;

    /// <summary>Maximum number of tokens to send, including the system message and the new message, without the response; 0 for no limit.</summary>
    public int MaxTokens
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The history that the next call sends, including system messages.</summary>
    public IReadOnlyList<ChatMessage> Messages => _state.Messages;

    /// <summary>Text of the system messages; empty if there is none.</summary>
    public string System => string.Join("\n\n", Messages.Where(static message => message.Role is "system" or "developer"));

    /// <summary>Number of turns in the history.</summary>
    public int Turns => _state.Turns;

    /// <summary>Tokens of the history, counted by the service or else estimated.</summary>
    public int Tokens => _state.Tokens;

    /// <summary>Number of responses.</summary>
    public int Calls => _state.Calls;

    /// <summary>Billed tokens of all calls so far.</summary>
    public TokenUsage Usage => _state.Usage;

    /// <summary>What was removed from the history because of <see cref="MaxTurns"/> and <see cref="MaxTokens"/>.</summary>
    public ConversationDropped Dropped => _state.Dropped;

    /// <summary>True while a call is in progress.</summary>
    public bool IsBusy => Volatile.Read(ref _isBusy) != 0;

    internal ConversationState State
    {
        get => _state;
        set => _state = value;
    }

    internal bool TryEnter() => Interlocked.CompareExchange(ref _isBusy, 1, 0) == 0;

    internal void Leave() => Volatile.Write(ref _isBusy, 0);

    /// <inheritdoc/>
    public override string ToString() => Name ?? $"{Turns} {(Turns == 1 ? "turn" : "turns")}";
}

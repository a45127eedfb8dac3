namespace AzOpenAI;

/// <summary>
/// A chat with its history. A call takes the history along and adds to it what was asked and answered; the oldest turns leave it when there are too many. One
/// call at a time: a second one is refused. Reading is safe at any time.
/// </summary>
public sealed class Conversation
{
    /// <summary>How many turns a conversation keeps unless told otherwise.</summary>
    public const int DefaultMaxTurns = 10;

    private volatile ConversationState _state = ConversationState.Empty;
    private int _isBusy;

    /// <summary>Creates an empty conversation that no session keeps.</summary>
    /// <param name="name">Name, or null.</param>
    public Conversation(string? name = null) => Name = name;

    /// <summary>Name under which the session keeps it; null where it is an object only.</summary>
    public string? Name { get; }

    /// <summary>When it was begun, UTC.</summary>
    public DateTimeOffset CreatedAt { get; internal init; } = DateTimeOffset.UtcNow;

    /// <summary>Most turns to keep and send, the new one included; 0: no limit. A turn is what the user says and everything up to the next thing that the user says.</summary>
    public int MaxTurns
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = DefaultMaxTurns;

    /// <summary>Most tokens to send with a call, the system message and the new message included and the answer not; 0: no limit.</summary>
    public int MaxTokens
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The history: what the next call takes along, system messages included.</summary>
    public IReadOnlyList<ChatMessage> Messages => _state.Messages;

    /// <summary>Text of the system messages; empty where there is none.</summary>
    public string System => string.Join("\n\n", Messages.Where(static message => message.Role is "system" or "developer"));

    /// <summary>Turns in the history.</summary>
    public int Turns => _state.Turns;

    /// <summary>Tokens of the history: as the service counted them where it did, estimated for the rest.</summary>
    public int Tokens => _state.Tokens;

    /// <summary>Answers that were given.</summary>
    public int Calls => _state.Calls;

    /// <summary>Tokens billed for all calls so far.</summary>
    public TokenUsage Usage => _state.Usage;

    /// <summary>What has left the history because of <see cref="MaxTurns"/> and <see cref="MaxTokens"/>.</summary>
    public ConversationDropped Dropped => _state.Dropped;

    /// <summary>True while a call is going on.</summary>
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

namespace AzOpenAI;

/// <summary>What was removed from a conversation: its oldest turns.</summary>
public sealed record ConversationDropped
{
    /// <summary>Turns.</summary>
    public int Turns { get; init; }

    /// <summary>Messages of these turns.</summary>
    public int Messages { get; init; }

    /// <summary>Their tokens, counted by the service or else estimated.</summary>
    public int Tokens { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Turns == 0 ? "none" : $"{Turns} {(Turns == 1 ? "turn" : "turns")}, {Messages} messages, {Tokens} tokens";
}

namespace AzOpenAI;

/// <summary>What has left a conversation: the oldest turns, whole.</summary>
public sealed record ConversationDropped
{
    /// <summary>Turns.</summary>
    public int Turns { get; init; }

    /// <summary>Messages of these turns.</summary>
    public int Messages { get; init; }

    /// <summary>Their tokens: as the service counted them where it did, estimated for the rest.</summary>
    public int Tokens { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Turns == 0 ? "none" : $"{Turns} {(Turns == 1 ? "turn" : "turns")}, {Messages} messages, {Tokens} tokens";
}

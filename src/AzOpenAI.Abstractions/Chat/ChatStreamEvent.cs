namespace AzOpenAI;

/// <summary>One step of a streamed answer: a piece of text, or at the end the whole completion.</summary>
public sealed record ChatStreamEvent
{
    /// <summary>Piece of text of the choice; empty for events without text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Choice that the text belongs to.</summary>
    public int ChoiceIndex { get; init; }

    /// <summary>The last event's: everything put together.</summary>
    public ChatCompletion? Completion { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

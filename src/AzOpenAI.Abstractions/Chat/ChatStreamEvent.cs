namespace AzOpenAI;

/// <summary>One event of a streamed response: a chunk of text, or at the end the whole completion.</summary>
public sealed record ChatStreamEvent
{
    /// <summary>Chunk of the choice's text; empty for events without text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Index of the choice.</summary>
    public int ChoiceIndex { get; init; }

    /// <summary>The complete response; only in the last event.</summary>
    public ChatCompletion? Completion { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

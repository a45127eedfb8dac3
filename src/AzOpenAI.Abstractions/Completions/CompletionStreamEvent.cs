namespace AzOpenAI;

/// <summary>One step of a streamed completion: a piece of text, or at the end all completions of the call.</summary>
public sealed record CompletionStreamEvent
{
    /// <summary>Piece of text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Which completion the piece belongs to: that of prompt p and continuation i has p * continuations + i.</summary>
    public int Position { get; init; }

    /// <summary>The last event's: everything put together.</summary>
    public IReadOnlyList<TextCompletion>? Completions { get; init => field = Indexable.Of(value); }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

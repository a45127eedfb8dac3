namespace AzOpenAI;

/// <summary>One event of a streamed completion: a chunk of text, or at the end all completions of the call.</summary>
public sealed record CompletionStreamEvent
{
    /// <summary>Chunk of text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Index of the completion: p * completions per prompt + i for completion i of prompt p.</summary>
    public int Position { get; init; }

    /// <summary>The complete response; only in the last event.</summary>
    public IReadOnlyList<TextCompletion>? Completions { get; init => field = Indexable.Of(value); }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

namespace AzOpenAI;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">system, developer, user, assistant or tool.</param>
/// <param name="Content">Text; empty if the message has only parts or tool calls.</param>
public sealed record ChatMessage(string Role, string Content)
{
    /// <summary>Images, files and further texts. They are sent after <see cref="Content"/>.</summary>
    public IReadOnlyList<ChatContentPart> Parts { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Name of the participant, to distinguish several with the same role.</summary>
    public string? Name { get; init; }

    /// <summary>Tool calls that the assistant requested; each needs a tool message with its ID after this message.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init => field = Indexable.Of(value); } = [];

    /// <summary>ID of the call that a tool message is the result of.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The assistant's refusal.</summary>
    public string? Refusal { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Content.Length > 0 || Parts.Count == 0 ? Content : string.Join(' ', Parts);
}

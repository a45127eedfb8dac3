namespace AzOpenAI;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">system, developer, user, assistant or tool.</param>
/// <param name="Content">Text; empty where the message has parts or tool calls only.</param>
public sealed record ChatMessage(string Role, string Content)
{
    /// <summary>Images, files and further texts. They are sent behind <see cref="Content"/>.</summary>
    public IReadOnlyList<ChatContentPart> Parts { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Name of the participant, to tell several of one role apart.</summary>
    public string? Name { get; init; }

    /// <summary>Calls that the assistant asked for; each needs a tool message with its id behind this one.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The call that a tool message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>What the assistant said in refusing.</summary>
    public string? Refusal { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Content.Length > 0 || Parts.Count == 0 ? Content : string.Join(' ', Parts);
}

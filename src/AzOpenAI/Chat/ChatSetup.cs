using AzOpenAI.Tools;

namespace AzOpenAI.Chat;

/// <summary>What is the same for every call of one command: read and checked once, before the first.</summary>
internal sealed record ChatSetup
{
    /// <summary>Nothing beyond texts and plain options.</summary>
    public static ChatSetup None { get; } = new();

    /// <summary>Images and files.</summary>
    public IReadOnlyList<ChatContentPart> Attachments { get; init; } = [];

    /// <summary>Makes objects of the answers; null where the answer is wanted as it is.</summary>
    public AnswerReader? Reader { get; init; }

    /// <summary>Pairs to find stored answers by.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>More members of the body, JSON.</summary>
    public string? ExtraBody { get; init; }

    /// <summary>More headers.</summary>
    public IReadOnlyDictionary<string, object>? ExtraHeaders { get; init; }

    /// <summary>Tools that the model may ask for; null where it has none.</summary>
    public ToolSet? Tools { get; init; }
}

using AzOpenAI.Tools;

namespace AzOpenAI.Chat;

/// <summary>The settings for all calls of a command, read and validated once before the first.</summary>
internal sealed record ChatSetup
{
    /// <summary>Only texts and plain options.</summary>
    public static ChatSetup None { get; } = new();

    /// <summary>Images and files.</summary>
    public IReadOnlyList<ChatContentPart> Attachments { get; init; } = [];

    /// <summary>Creates objects from the responses; null to return the responses.</summary>
    public AnswerReader? Reader { get; init; }

    /// <summary>Metadata of stored responses.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Additional members of the body, as JSON.</summary>
    public string? ExtraBody { get; init; }

    /// <summary>Additional headers.</summary>
    public IReadOnlyDictionary<string, object>? ExtraHeaders { get; init; }

    /// <summary>Tools that the model may request, or null.</summary>
    public ToolSet? Tools { get; init; }
}

namespace AzOpenAI;

/// <summary>The operation of a code sample.</summary>
public enum CodeSampleKind : long
{
    /// <summary>Sends a chat message.</summary>
    Chat,

    /// <summary>Embeds a text.</summary>
    Embedding,
}

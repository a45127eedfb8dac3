namespace AzOpenAI;

/// <summary>What a code sample does.</summary>
public enum CodeSampleKind : long
{
    /// <summary>Asks a chat model.</summary>
    Chat,

    /// <summary>Embeds a text.</summary>
    Embedding,
}

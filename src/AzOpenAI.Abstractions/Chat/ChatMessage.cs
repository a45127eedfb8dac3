namespace AzOpenAI;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">system, developer, user, assistant or tool.</param>
/// <param name="Content">Text.</param>
public sealed record ChatMessage(string Role, string Content)
{
    /// <inheritdoc/>
    public override string ToString() => Content;
}

namespace AzOpenAI;

/// <summary>A call that the model asks for. Text from a model: nothing runs it by itself.</summary>
/// <param name="Id">Id to answer under.</param>
/// <param name="Name">Name of the tool.</param>
/// <param name="Arguments">Arguments as the model wrote them: JSON, most of the time.</param>
public sealed record ToolCall(string Id, string Name, string Arguments)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}({Arguments})";
}

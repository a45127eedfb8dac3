namespace AzOpenAI;

/// <summary>A tool call that a model requests. It isn't run automatically.</summary>
/// <param name="Id">ID for the result of the call.</param>
/// <param name="Name">Name of the tool.</param>
/// <param name="Arguments">Arguments as written by the model: JSON, most of the time.</param>
public sealed record ToolCall(string Id, string Name, string Arguments)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}({Arguments})";
}

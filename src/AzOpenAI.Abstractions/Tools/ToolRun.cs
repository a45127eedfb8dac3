namespace AzOpenAI;

/// <summary>One call of a tool that a model asked for, and what became of it.</summary>
public sealed record ToolRun
{
    /// <summary>The answer that asked for it: 1 is the first.</summary>
    public int Round { get; init; }

    /// <summary>Name of the tool, as the model wrote it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Arguments, as the model wrote them.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>What became of it.</summary>
    public ToolRunStatus Status { get; init; }

    /// <summary>What the model was told: the output as text, or why there is none.</summary>
    public string Output { get; init; } = "";

    /// <summary>How long the command ran; zero where it did not.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The service's id of the call.</summary>
    public string CallId { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({Arguments}): {Status}";
}

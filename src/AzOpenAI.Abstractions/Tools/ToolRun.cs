namespace AzOpenAI;

/// <summary>A tool call that a model requested, and its result.</summary>
public sealed record ToolRun
{
    /// <summary>The response that requested it, from 1.</summary>
    public int Round { get; init; }

    /// <summary>Name of the tool, as the model wrote it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Arguments, as the model wrote them.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>The status.</summary>
    public ToolRunStatus Status { get; init; }

    /// <summary>The result for the model: the output as text, or why there is none.</summary>
    public string Output { get; init; } = "";

    /// <summary>How long the command ran; zero if it didn't.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The service's ID of the call.</summary>
    public string CallId { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({Arguments}): {Status}";
}

namespace AzOpenAI;

/// <summary>A command that a model may ask to be run. New-AzOpenAITool makes it; nothing else of the machine is within the model's reach.</summary>
/// <param name="Name">What the model calls it: at most 64 characters, letters, digits, underscore, dash.</param>
/// <param name="Schema">JSON schema of its arguments, an object.</param>
public sealed record Tool(string Name, string Schema)
{
    /// <summary>What it does and when to use it, for the model to read.</summary>
    public string? Description { get; init; }

    /// <summary>The command that runs; "script block" for one.</summary>
    public string Command { get; init; } = "";

    /// <summary>Names of the parameters that the model may use.</summary>
    public IReadOnlyList<string> Parameters { get; init => field = Indexable.Of(value); } = [];

    /// <summary>True: calls run without anybody being asked.</summary>
    public bool AllowUnattended { get; init; }

    /// <summary>What runs, for the cmdlets. Not part of what a copy in another process has.</summary>
    internal object? Body { get; init; }

    /// <summary>What the service is told.</summary>
    public ChatToolDefinition ToDefinition() => new(Name, Schema) { Description = Description };

    /// <inheritdoc/>
    public override string ToString() => Name;
}

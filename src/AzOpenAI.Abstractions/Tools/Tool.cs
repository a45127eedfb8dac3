namespace AzOpenAI;

/// <summary>A command that a model may request. Created by New-AzOpenAITool; the model can't use anything else on the machine.</summary>
/// <param name="Name">Its name for the model: up to 64 characters, letters, digits, underscore, hyphen.</param>
/// <param name="Schema">JSON schema of its arguments, an object.</param>
public sealed record Tool(string Name, string Schema)
{
    /// <summary>What it does and when to use it, for the model.</summary>
    public string? Description { get; init; }

    /// <summary>The command that runs; "script block" if it is one.</summary>
    public string Command { get; init; } = "";

    /// <summary>Names of the parameters that the model may use.</summary>
    public IReadOnlyList<string> Parameters { get; init => field = Indexable.Of(value); } = [];

    /// <summary>True to run calls without confirmation.</summary>
    public bool AllowUnattended { get; init; }

    /// <summary>The command to run, for the cmdlets. Not included when serialized to another process.</summary>
    internal object? Body { get; init; }

    /// <summary>The definition that is sent to the service.</summary>
    public ChatToolDefinition ToDefinition() => new(Name, Schema) { Description = Description };

    /// <inheritdoc/>
    public override string ToString() => Name;
}

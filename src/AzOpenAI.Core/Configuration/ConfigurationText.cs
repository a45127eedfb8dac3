namespace AzOpenAI.Core.Configuration;

/// <summary>A configuration as text.</summary>
/// <param name="Text">Lines that all end with a line feed.</param>
/// <param name="LogCommands">What must be written to the job's log before the text is used: the masks of its secrets.</param>
public sealed record ConfigurationText(string Text, IReadOnlyList<string> LogCommands)
{
    /// <summary>Never the text: it may contain a key.</summary>
    public override string ToString() => nameof(ConfigurationText);
}

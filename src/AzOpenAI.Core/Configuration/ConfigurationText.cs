namespace AzOpenAI.Core.Configuration;

/// <summary>A configuration as text.</summary>
/// <param name="Text">Lines that end with a line feed, the last one, too.</param>
/// <param name="LogCommands">What has to be in the log of the job before the text is used: the masks of its secrets.</param>
public sealed record ConfigurationText(string Text, IReadOnlyList<string> LogCommands)
{
    /// <summary>Never the text: it may hold a key.</summary>
    public override string ToString() => nameof(ConfigurationText);
}

namespace AzOpenAI.Cli.Quickstart;

/// <summary>The options of the quickstart.</summary>
internal sealed record QuickstartOptions
{
    public required string Location { get; init; }

    public string? Model { get; init; }

    public bool Keep { get; init; }
}

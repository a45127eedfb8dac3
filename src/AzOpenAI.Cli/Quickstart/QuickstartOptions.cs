namespace AzOpenAI.Cli.Quickstart;

/// <summary>What the quickstart is told.</summary>
internal sealed record QuickstartOptions
{
    public required string Location { get; init; }

    public string? Model { get; init; }

    public bool Keep { get; init; }
}

namespace AzOpenAI.Core.Http;

/// <summary>Ignores all reports.</summary>
public sealed class SilentReporter : IOperationReporter
{
    /// <summary>The only instance.</summary>
    public static SilentReporter Instance { get; } = new();

    private SilentReporter()
    {
    }

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }

    /// <inheritdoc/>
    public void Warning(string message)
    {
    }

    /// <inheritdoc/>
    public void Progress(OperationProgress progress)
    {
    }
}

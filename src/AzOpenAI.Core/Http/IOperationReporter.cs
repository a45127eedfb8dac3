namespace AzOpenAI.Core.Http;

/// <summary>
/// Receives verbose messages, warnings and progress from a service. Called from any thread; an implementation must not block on the
/// service that calls it.
/// </summary>
public interface IOperationReporter
{
    /// <summary>A detail for verbose output: a wait, a retry, a choice. Never contains a secret.</summary>
    void Verbose(string message);

    /// <summary>Something that the user should know although the operation continues.</summary>
    void Warning(string message);

    /// <summary>The progress of a long-running operation.</summary>
    void Progress(OperationProgress progress);
}

namespace AzOpenAI.Core.Http;

/// <summary>
/// The one way in which a service tells its caller what happens meanwhile. Calls come from any thread; an implementation must not block on the
/// service that calls it.
/// </summary>
public interface IOperationReporter
{
    /// <summary>A detail for those who look: a wait, a retry, a choice. Never holds a secret.</summary>
    void Verbose(string message);

    /// <summary>Something that the user should know although the operation goes on.</summary>
    void Warning(string message);

    /// <summary>How far a lasting operation is.</summary>
    void Progress(OperationProgress progress);
}

using System.Collections.Concurrent;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Async;

/// <summary>For parallel calls: repeated warnings are shown once, and delays are part of the total progress.</summary>
internal sealed class SideBySideReporter(IOperationReporter reporter) : IOperationReporter
{
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Verbose(string message) => reporter.Verbose(message);

    /// <inheritdoc/>
    public void Warning(string message)
    {
        if (_warned.TryAdd(message, true))
            reporter.Warning(message);
    }

    /// <inheritdoc/>
    public void Progress(OperationProgress progress)
    {
    }
}

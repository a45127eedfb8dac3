using System.Collections.Concurrent;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Tests.Http;

/// <summary>Keeps what a service tells.</summary>
internal sealed class RecordingReporter : IOperationReporter
{
    public ConcurrentQueue<string> VerboseLines { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public ConcurrentQueue<OperationProgress> ProgressRecords { get; } = new();

    public void Verbose(string message) => VerboseLines.Enqueue(message);

    public void Warning(string message) => Warnings.Enqueue(message);

    public void Progress(OperationProgress progress) => ProgressRecords.Enqueue(progress);
}

using System.Collections.Concurrent;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Tests.Management;

/// <summary>Keeps what a user would have seen.</summary>
internal sealed class RecordingReporter : IOperationReporter
{
    public ConcurrentQueue<string> Verboses { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public ConcurrentQueue<OperationProgress> Progresses { get; } = new();

    public void Verbose(string message) => Verboses.Enqueue(message);

    public void Warning(string message) => Warnings.Enqueue(message);

    public void Progress(OperationProgress progress) => Progresses.Enqueue(progress);
}

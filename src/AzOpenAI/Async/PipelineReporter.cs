using System.Management.Automation;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Async;

/// <summary>Shows a service's reports on the cmdlet's streams. Never blocks the service; only the latest progress of an activity is shown.</summary>
internal sealed class PipelineReporter(AsyncCmdlet cmdlet, IPipelineWriter writer) : IOperationReporter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _activityIds = new(StringComparer.Ordinal);
    private int _lastActivityId;

    /// <inheritdoc/>
    public void Verbose(string message) => writer.Post(() => cmdlet.WriteVerbose(message));

    /// <inheritdoc/>
    public void Warning(string message) => writer.Post(() => cmdlet.WriteWarning(message));

    /// <inheritdoc/>
    public void Progress(OperationProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        int id = GetActivityId(progress);
        ProgressRecord record = new(id, progress.Activity, string.IsNullOrEmpty(progress.Status) ? progress.Activity : progress.Status)
        {
            PercentComplete = progress.PercentComplete is int percent ? Math.Clamp(percent, 0, 100) : -1,
            SecondsRemaining = progress.Remaining is TimeSpan remaining ? (int)Math.Clamp(remaining.TotalSeconds, 0, int.MaxValue) : -1,
            RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
        writer.PostLatest(id, () => cmdlet.WriteProgress(record));
    }

    /// <summary>Removes all remaining progress bars. Called on the pipeline thread when a record has ended, successfully or not.</summary>
    public void CompleteAll()
    {
        KeyValuePair<string, int>[] open;
        lock (_gate)
        {
            open = [.. _activityIds];
            _activityIds.Clear();
        }

        foreach ((string activity, int id) in open)
            cmdlet.WriteProgress(new ProgressRecord(id, activity, activity) { RecordType = ProgressRecordType.Completed });
    }

    private int GetActivityId(OperationProgress progress)
    {
        lock (_gate)
        {
            if (!_activityIds.TryGetValue(progress.Activity, out int id))
            {
                id = ++_lastActivityId;
                _activityIds.Add(progress.Activity, id);
            }

            if (progress.Completed)
                _activityIds.Remove(progress.Activity);
            return id;
        }
    }
}

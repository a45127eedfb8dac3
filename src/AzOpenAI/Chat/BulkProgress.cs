using System.Globalization;
using System.Management.Automation;

namespace AzOpenAI.Chat;

/// <summary>Counts the results of parallel calls, and formats them. Thread-safe, except for <see cref="Describe"/>.</summary>
internal sealed class BulkProgress(TimeProvider? clock = null)
{
    private static readonly TimeSpan RateTime = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Queue<(TimeSpan At, int Finished)> _samples = new();
    private readonly long _started = (clock ?? TimeProvider.System).GetTimestamp();
    private int _done;
    private int _failed;
    private int _kept;
    private long _tokens;

    /// <summary>Number of responses from the journal.</summary>
    public int KeptCount => Volatile.Read(ref _kept);

    /// <summary>Number of items whose call succeeded.</summary>
    public int DoneCount => Volatile.Read(ref _done);

    /// <summary>Number of items that failed.</summary>
    public int FailedCount => Volatile.Read(ref _failed);

    /// <summary>Time since the first item.</summary>
    public TimeSpan Elapsed => _clock.GetElapsedTime(_started);

    /// <summary>Counts a successful call.</summary>
    public void Done(ChatCompletion? completion)
    {
        Interlocked.Increment(ref _done);
        Interlocked.Add(ref _tokens, completion?.Usage?.TotalTokens ?? 0);
    }

    /// <summary>Counts a failed item.</summary>
    public void Failed() => Interlocked.Increment(ref _failed);

    /// <summary>Counts an item as failed that was counted as successful.</summary>
    public void MarkFailed()
    {
        Interlocked.Decrement(ref _done);
        Interlocked.Increment(ref _failed);
    }

    /// <summary>Counts a response from the journal.</summary>
    public void Kept() => Interlocked.Increment(ref _kept);

    /// <summary>Creates the progress record.</summary>
    /// <param name="id">ID of the activity.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="total">Number of items, null if unknown.</param>
    /// <param name="waiting">The remaining delay of calls because of the deployment's rate limit.</param>
    public ProgressRecord Describe(int id, string activity, int? total, TimeSpan waiting)
    {
        int called = DoneCount + FailedCount;
        int finished = called + KeptCount;
        double rate = Rate(called);
        TimeSpan? left = total is { } all && rate > 0 ? TimeSpan.FromSeconds(Math.Max(0, all - finished) / rate) : null;

        string status = string.Create(CultureInfo.CurrentCulture, $"{DoneCount:N0} done, {FailedCount:N0} failed, {Volatile.Read(ref _tokens):N0} tokens, {rate:N1}/s");
        if (KeptCount > 0)
            status += string.Create(CultureInfo.CurrentCulture, $", {KeptCount:N0} from the journal");
        if (waiting >= TimeSpan.FromSeconds(1))
            status += string.Create(CultureInfo.CurrentCulture, $"; waiting {Math.Ceiling(waiting.TotalSeconds):N0} s for the rate limit");
        return new ProgressRecord(id, activity, status)
        {
            PercentComplete = total is > 0 and { } count ? (int)Math.Min(100, 100L * finished / count) : -1,
            SecondsRemaining = left is { } time ? (int)Math.Min(time.TotalSeconds, int.MaxValue) : -1,
        };
    }

    private double Rate(int called)
    {
        TimeSpan now = Elapsed;
        _samples.Enqueue((now, called));
        while (_samples.Count > 2 && now - _samples.Peek().At > RateTime)
            _samples.Dequeue();
        (TimeSpan at, int before) = _samples.Count > 1 ? _samples.Peek() : (TimeSpan.Zero, 0);
        double seconds = (now - at).TotalSeconds;
        return seconds > 0 ? (called - before) / seconds : 0;
    }
}

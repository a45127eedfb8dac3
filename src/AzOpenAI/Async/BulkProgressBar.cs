using System.Management.Automation;

namespace AzOpenAI.Async;

/// <summary>Draws the progress of parallel calls a few times per second, starting after one second. Not created if progress wouldn't be shown.</summary>
internal sealed class BulkProgressBar : IDisposable
{
    private const int ActivityId = 1001;

    private static readonly TimeSpan FirstShown = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly AsyncCmdlet _cmdlet;
    private readonly Func<ProgressRecord> _describe;
    private readonly Timer _timer;
    private int _isAsked;
    private bool _isShown;
    private bool _isOver;

    private BulkProgressBar(AsyncCmdlet cmdlet, Func<int, ProgressRecord> describe)
    {
        _cmdlet = cmdlet;
        _describe = () => describe(ActivityId);
        _timer = new Timer(static state => ((BulkProgressBar)state!).Ask(), this, FirstShown, Interval);
    }

    /// <summary>Starts drawing; null if progress isn't shown. Called on the pipeline thread.</summary>
    public static BulkProgressBar? Start(AsyncCmdlet cmdlet, Func<int, ProgressRecord> describe)
    {
        if (!cmdlet.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out object? wanted))
            wanted = cmdlet.GetVariableValue("ProgressPreference");
        bool hidden = LanguagePrimitives.TryConvertTo(wanted, out ActionPreference preference)
            && preference is ActionPreference.SilentlyContinue or ActionPreference.Ignore;
        return hidden ? null : new BulkProgressBar(cmdlet, describe);
    }

    /// <summary>Removes the progress bar. Called on the pipeline thread.</summary>
    public void Complete()
    {
        Dispose();
        _isOver = true;
        if (!_isShown)
            return;
        ProgressRecord last = _describe();
        last.RecordType = ProgressRecordType.Completed;
        _cmdlet.WriteProgress(last);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // The pipeline thread may be busy elsewhere for long: one request to draw is enough.
    private void Ask()
    {
        if (Interlocked.Exchange(ref _isAsked, 1) == 0)
            _cmdlet.PostToPipelineThread(Draw);
    }

    private void Draw()
    {
        Volatile.Write(ref _isAsked, 0);
        if (_isOver)
            return;
        _isShown = true;
        _cmdlet.WriteProgress(_describe());
    }
}

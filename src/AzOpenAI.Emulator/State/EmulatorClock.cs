using System.Diagnostics;

namespace AzOpenAI.Emulator.State;

/// <summary>The emulator's own clock: advances from a start date and can be moved by a test.</summary>
internal sealed class EmulatorClock(DateTimeOffset start)
{
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private DateTimeOffset _start = start;
    private TimeSpan _advanced;

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return _start + _watch.Elapsed;
            }
        }
    }

    /// <summary>A time that never goes backward, for limits and long-running operations.</summary>
    public TimeSpan Uptime
    {
        get
        {
            lock (_gate)
            {
                return _watch.Elapsed + _advanced;
            }
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            _start += by;
            _advanced += by > TimeSpan.Zero ? by : TimeSpan.Zero;
        }
    }

    public void Set(DateTimeOffset now) => Advance(now - Now);
}

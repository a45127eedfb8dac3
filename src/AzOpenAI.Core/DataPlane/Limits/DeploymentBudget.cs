using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>
/// The budget of one deployment, as far as its responses report it. Until the service rejects a request, the limits per minute apply, so that a burst is sent
/// immediately. A rejection shows the window in which requests are really counted (a second, ten, or the minute), which applies from then on. Without limits in
/// the headers, the budget is what was accepted until the rejection. The caller provides the time. Not thread-safe.
/// </summary>
internal sealed class DeploymentBudget
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(30);

    private readonly SlidingWindow _minute = new(Minute, margin: 1);
    private readonly SlidingWindow[] _shorter = [new(TimeSpan.FromSeconds(10), margin: 2), new(TimeSpan.FromSeconds(1), margin: 4)];
    private readonly SlidingWindow _tokens = new(Minute, margin: 1);
    private readonly SlidingWindow _taken = new(Minute);
    private readonly OtherUse _otherRequests = new();
    private readonly TokenScale _tokenUse = new();
    private readonly LearnedRate _learned = new();

    private TimeSpan _holdUntil;
    private TimeSpan _refusedAt = TimeSpan.MinValue;
    private (TimeSpan Sent, TimeSpan Asked)? _unexplained;
    private SlidingWindow? _counting;
    private long? _limitRequests;
    private long? _limitTokens;
    private double _share = 1;
    private TimeSpan _sharedAt;
    private int _refusals;

    /// <summary>True once the service has rejected a request.</summary>
    public bool WasRefused => _refusedAt > TimeSpan.MinValue;

    /// <summary>How long the service has asked to pause.</summary>
    public TimeSpan HeldFor(TimeSpan now) => _holdUntil > now ? _holdUntil - now : TimeSpan.Zero;

    /// <summary>When a request was last accepted.</summary>
    public TimeSpan LastSuccess { get; private set; }

    /// <summary>Takes a request from the budget, if it has room.</summary>
    /// <param name="now">A time that never goes backward.</param>
    /// <param name="cost">Estimated tokens.</param>
    /// <param name="grant">Permission to send.</param>
    /// <param name="wait">When to try again, if it isn't granted.</param>
    public bool TryTake(TimeSpan now, long cost, out Grant grant, out TimeSpan wait)
    {
        Advance(now);
        wait = HeldFor(now);
        if (wait == TimeSpan.Zero)
        {
            if (_unexplained is { } refusal)
                Explain(refusal.Sent, refusal.Asked);
            Recover(now);
            wait = UntilRoom(now, cost);
        }

        if (wait > TimeSpan.Zero)
        {
            grant = default;
            return false;
        }

        _minute.Add(now, 1);
        foreach (SlidingWindow window in _shorter)
            window.Add(now, 1);
        _tokens.Add(now, cost);
        _taken.Add(now, 1);
        grant = new Grant(now, cost, _tokens.Sum);
        return true;
    }

    /// <summary>Records that a request was accepted, whatever its response.</summary>
    public void Taken(TimeSpan now, Grant grant, BudgetHeaders headers)
    {
        Advance(now);
        LastSuccess = now;
        if (grant.At > _refusedAt)
            _refusals = 0;
        Read(now, grant, headers);
    }

    /// <summary>Records that a request was rejected for a limit. All others wait too.</summary>
    /// <param name="now">The time.</param>
    /// <param name="grant">When it was sent, and its cost.</param>
    /// <param name="headers">Of the rejection.</param>
    /// <param name="kind">The limit.</param>
    /// <param name="asked">The delay that the service requested; null if it didn't.</param>
    /// <returns>The delay before the next try.</returns>
    public TimeSpan Refused(TimeSpan now, Grant grant, BudgetHeaders headers, RefusalKind kind, TimeSpan? asked)
    {
        Advance(now);
        // Rejected requests aren't counted. Services that do count them do so over seconds: there it remains counted, which delays little.
        _tokens.Add(grant.At, -grant.Cost);
        _minute.Add(grant.At, -1);
        _taken.Add(grant.At, -1);
        Read(now, grant, headers);

        // Requests that were in flight at the first rejection add no information.
        bool isNews = grant.At > _refusedAt;
        if (isNews)
        {
            _refusals++;
            Learn(now, grant, kind, asked ?? TimeSpan.Zero);
            _refusedAt = now;
        }

        TimeSpan delay = asked is { } time ? RetrySchedule.AtLeast(time, RetrySchedule.Floor(_refusals - 1, jitter: 0)) : Backoff();
        _holdUntil = TimeSpan.FromTicks(Math.Max(_holdUntil.Ticks, (now + delay).Ticks));
        return delay;
    }

    private TimeSpan UntilRoom(TimeSpan now, long cost)
    {
        TimeSpan wait = TimeSpan.Zero;
        if (_limitRequests is { } requests)
        {
            double perMinute = Math.Max(1, requests - _otherRequests.Amount) * _share;
            wait = UntilRoom(_minute, now, 1, perMinute);
            if (_counting is { } counting && counting != _minute)
                wait = Longer(wait, UntilRoom(counting, now, 1, Allowed(counting, perMinute)));
        }
        else if (_learned.PerSecond is { } rate)
        {
            SlidingWindow window = rate < 2 ? _minute : rate < 20 ? _shorter[0] : _shorter[1];
            wait = UntilRoom(window, now, 1, Math.Max(1, rate * window.Length.TotalSeconds));
        }

        if (_limitTokens is { } tokens)
            wait = Longer(wait, UntilRoom(_tokens, now, cost, Math.Max(1, tokens - _tokenUse.Others) * _share / _tokenUse.Scale));
        return wait;
    }

    // A request larger than the whole budget is sent alone: the service decides whether it is accepted.
    private static TimeSpan UntilRoom(SlidingWindow window, TimeSpan now, long amount, double allowed)
    {
        double excess = window.Sum + amount - Math.Floor(allowed);
        return excess <= 0 || window.Sum == 0 ? TimeSpan.Zero : window.UntilFree(now, Math.Min(window.Sum, (long)Math.Ceiling(excess)));
    }

    private void Learn(TimeSpan now, Grant grant, RefusalKind kind, TimeSpan asked)
    {
        if (kind == RefusalKind.Unknown)
            kind = _limitTokens is { } limit && _tokens.Sum * _tokenUse.Scale > 0.9 * limit ? RefusalKind.Tokens : RefusalKind.Requests;

        if (kind == RefusalKind.Tokens && _limitTokens is not null)
            Narrow(_tokens, now);
        else if (_limitRequests is null)
            _learned.Refused(_taken, now, asked);
        else
            _unexplained = (grant.At, asked);
    }

    /// <summary>Finds the window in which the service counted: the longest in which about as much was accepted as it allows.</summary>
    private void Explain(TimeSpan sent, TimeSpan asked)
    {
        _unexplained = null;
        if (_limitRequests is not { } limit)
            return;

        SlidingWindow? found = null;
        foreach (SlidingWindow window in (ReadOnlySpan<SlidingWindow>)[_minute, .. _shorter])
        {
            // The requested delay isn't longer than the window, in whole seconds.
            if (window.Length < asked - TimeSpan.FromSeconds(0.5))
                continue;
            if (_taken.CountUntil(sent, window.Length) >= Allowed(window, limit) / 2)
            {
                found = window;
                break;
            }
        }

        if (found is null)
        {
            Narrow(null, sent);
            return;
        }

        if (_counting is null || found.Length < _counting.Length)
            _counting = found;
        else
            Narrow(_counting, sent);
    }

    /// <summary>Records a rejection although there was room: network latency varies, or other clients call the deployment too.</summary>
    private void Narrow(SlidingWindow? window, TimeSpan now)
    {
        if (window is not null && window.Margin < SlidingWindow.MaxMargin)
        {
            window.Margin += Math.Max(1, window.Margin / 2);
            return;
        }

        _share = Math.Max(0.05, _share * 0.85);
        _sharedAt = now;
    }

    private void Recover(TimeSpan now)
    {
        if (_share < 1 && now - _sharedAt >= TimeSpan.FromSeconds(1))
        {
            _share = Math.Min(1, _share + (0.01 * (now - _sharedAt).TotalSeconds));
            _sharedAt = now;
        }

        _learned.Recover(now);
    }

    private void Read(TimeSpan now, Grant grant, BudgetHeaders headers)
    {
        if (headers.LimitRequests is > 0 and { } requests)
        {
            _limitRequests = requests;
            if (headers.RemainingRequests is { } left)
                _otherRequests.Saw(now, requests, requests - left - _minute.Sum);
        }

        if (headers.LimitTokens is > 0 and { } tokens)
        {
            _limitTokens = tokens;
            if (headers.RemainingTokens is { } left)
                _tokenUse.Saw(now, tokens, tokens - left, grant.TokensBefore, _tokens.Sum);
        }
    }

    private TimeSpan Backoff() =>
        TimeSpan.FromTicks(Math.Min(MaxBackoff.Ticks, FirstBackoff.Ticks << Math.Clamp(_refusals - 1, 0, 10)));

    private void Advance(TimeSpan now)
    {
        _minute.Advance(now);
        _tokens.Advance(now);
        _taken.Advance(now);
        foreach (SlidingWindow window in _shorter)
            window.Advance(now);
    }

    private static double Allowed(SlidingWindow window, double perMinute) => Math.Max(1, Math.Ceiling(perMinute * window.Length.TotalSeconds / 60));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

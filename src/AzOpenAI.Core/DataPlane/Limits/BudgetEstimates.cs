namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>Estimates what other clients use of a limit, from how much less remains than we used. Rises immediately, falls slowly, at most half.</summary>
internal sealed class OtherUse
{
    private const double FallSeconds = 10;

    private TimeSpan _at;
    private double _seen;

    /// <summary>Per minute. Less than a hundredth of the limit counts as zero: the margins cover it.</summary>
    public double Amount { get; private set; }

    /// <summary>Records how much was used in addition to our own requests, as reported by a response.</summary>
    public void Saw(TimeSpan now, long limit, double beyond)
    {
        beyond = Math.Clamp(beyond, 0, limit / 2.0);
        _seen = beyond > _seen ? beyond : _seen + ((beyond - _seen) * (1 - Math.Exp(-(now - _at).TotalSeconds / FallSeconds)));
        Amount = _seen * 100 < limit ? 0 : _seen;
        _at = now;
    }
}

/// <summary>
/// The ratio of the service's token count to our estimate: less if it doesn't count prompts, more if other clients call too. The highest of the last one
/// to two minutes counts, because the service's window ends slightly earlier than ours, where its count seems lower.
/// </summary>
internal sealed class TokenScale
{
    private const double Lowest = 0.02;

    private static readonly TimeSpan Epoch = TimeSpan.FromSeconds(60);

    private readonly OtherUse _others = new();
    private TimeSpan _begun;
    private double _before;
    private double _now;

    /// <summary>Tokens counted per estimated token, at most 1.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Tokens that other clients use.</summary>
    public double Others => _others.Amount;

    /// <summary>Records what was counted in the minute, as reported by a response.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">Tokens per minute.</param>
    /// <param name="counted">What the service counted.</param>
    /// <param name="before">Our estimate when the request was sent.</param>
    /// <param name="until">Our current estimate.</param>
    public void Saw(TimeSpan now, long limit, long counted, long before, long until)
    {
        _others.Saw(now, limit, counted - until);
        // With as much in flight as was sent before, it's unknown which requests the count includes.
        if (before <= 0 || until > before * 1.5)
            return;
        if (now - _begun >= Epoch)
            (_begun, _before, _now) = (now, _now, 0);
        _now = Math.Max(_now, Math.Clamp(counted / (double)before, Lowest, 1));
        Scale = Math.Max(_now, _before);
    }
}

/// <summary>Estimates a request rate if no header reports a limit: what was accepted until a rejection, lowered by each further one, raised over time.</summary>
internal sealed class LearnedRate
{
    private const double Less = 0.9;
    private const double Near = 0.97;
    private const double MorePerSecond = 0.01;
    private const double MorePerSecondNear = 0.0005;
    private const double Lowest = 0.05;

    private TimeSpan _changed;
    private double _refusedAt;

    /// <summary>Requests per second; null until the service rejects one.</summary>
    public double? PerSecond { get; private set; }

    /// <summary>Records that the service rejected a request.</summary>
    public void Refused(SlidingWindow taken, TimeSpan now, TimeSpan asked)
    {
        TimeSpan busy = TimeSpan.FromSeconds(1);
        foreach (double seconds in (ReadOnlySpan<double>)[60, 10, 1])
        {
            // The shortest window that contains everything that was accepted.
            if (taken.CountUntil(now, TimeSpan.FromSeconds(seconds)) < taken.Sum)
                break;
            busy = TimeSpan.FromSeconds(seconds);
        }

        double seen = Math.Max(Lowest, taken.Sum / (busy + asked).TotalSeconds);
        _refusedAt = PerSecond is { } rate ? Math.Min(rate, seen * 2) : seen;
        PerSecond = PerSecond is null ? seen : Math.Max(Lowest, _refusedAt * Less);
        _changed = now;
    }

    /// <summary>Raises the rate while nothing is rejected: fast up to the last rejected rate, slowly beyond it.</summary>
    public void Recover(TimeSpan now)
    {
        double seconds = Math.Min(10, (now - _changed).TotalSeconds);
        if (PerSecond is not { } rate || seconds < 1)
            return;
        PerSecond = rate + (_refusedAt * seconds * (rate < _refusedAt * Near ? MorePerSecond : MorePerSecondNear));
        _changed = now;
    }
}

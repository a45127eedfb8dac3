namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>What others take of a limit, told by how much less is left than we took. Rises at once, falls slowly, and never believes in more than half.</summary>
internal sealed class OtherUse
{
    private const double FallSeconds = 10;

    private TimeSpan _at;
    private double _seen;

    /// <summary>Of a minute. What is less than a hundredth of the limit is none: the margins have room for it.</summary>
    public double Amount { get; private set; }

    /// <summary>An answer told how much was taken beyond what we did.</summary>
    public void Saw(TimeSpan now, long limit, double beyond)
    {
        beyond = Math.Clamp(beyond, 0, limit / 2.0);
        _seen = beyond > _seen ? beyond : _seen + ((beyond - _seen) * (1 - Math.Exp(-(now - _at).TotalSeconds / FallSeconds)));
        Amount = _seen * 100 < limit ? 0 : _seen;
        _at = now;
    }
}

/// <summary>
/// How the service's count of tokens relates to our estimate: less where it does not count prompts, more where others call, too. The highest of the last one
/// to two minutes counts, because the service forgets a little earlier than we do: right then it seems to count less.
/// </summary>
internal sealed class TokenScale
{
    private const double Lowest = 0.02;

    private static readonly TimeSpan Epoch = TimeSpan.FromSeconds(60);

    private readonly OtherUse _others = new();
    private TimeSpan _begun;
    private double _before;
    private double _now;

    /// <summary>Tokens counted for one estimated, at most 1.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Tokens that others take.</summary>
    public double Others => _others.Amount;

    /// <summary>An answer told what was counted in the minute.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">Tokens of a minute.</param>
    /// <param name="counted">What the service counted.</param>
    /// <param name="before">Our estimate when the request was sent.</param>
    /// <param name="until">Our estimate now.</param>
    public void Saw(TimeSpan now, long limit, long counted, long before, long until)
    {
        _others.Saw(now, limit, counted - until);
        // With as much under way as was sent before, nobody knows what the service had seen.
        if (before <= 0 || until > before * 1.5)
            return;
        if (now - _begun >= Epoch)
            (_begun, _before, _now) = (now, _now, 0);
        _now = Math.Max(_now, Math.Clamp(counted / (double)before, Lowest, 1));
        Scale = Math.Max(_now, _before);
    }
}

/// <summary>A rate of requests where no header tells of a limit: what was taken until a refusal, less with each further one, more with time.</summary>
internal sealed class LearnedRate
{
    private const double Less = 0.9;
    private const double Near = 0.97;
    private const double MorePerSecond = 0.01;
    private const double MorePerSecondNear = 0.0005;
    private const double Lowest = 0.05;

    private TimeSpan _changed;
    private double _refusedAt;

    /// <summary>Requests a second; null until the service refuses one.</summary>
    public double? PerSecond { get; private set; }

    /// <summary>The service refused a request.</summary>
    public void Refused(SlidingWindow taken, TimeSpan now, TimeSpan asked)
    {
        TimeSpan busy = TimeSpan.FromSeconds(1);
        foreach (double seconds in (ReadOnlySpan<double>)[60, 10, 1])
        {
            // The shortest time that holds all that was taken.
            if (taken.CountUntil(now, TimeSpan.FromSeconds(seconds)) < taken.Sum)
                break;
            busy = TimeSpan.FromSeconds(seconds);
        }

        double seen = Math.Max(Lowest, taken.Sum / (busy + asked).TotalSeconds);
        _refusedAt = PerSecond is { } rate ? Math.Min(rate, seen * 2) : seen;
        PerSecond = PerSecond is null ? seen : Math.Max(Lowest, _refusedAt * Less);
        _changed = now;
    }

    /// <summary>Without refusals the rate grows: fast up to where it was refused, slowly from there on.</summary>
    public void Recover(TimeSpan now)
    {
        double seconds = Math.Min(10, (now - _changed).TotalSeconds);
        if (PerSecond is not { } rate || seconds < 1)
            return;
        PerSecond = rate + (_refusedAt * seconds * (rate < _refusedAt * Near ? MorePerSecond : MorePerSecondNear));
        _changed = now;
    }
}

using System.Globalization;

namespace AzOpenAI.Core.Http;

/// <summary>
/// Decides whether and when a request is sent again; the one mechanism of both planes. One instance per request. The wait is the service's word
/// where it gave one (<c>retry-after-ms</c>, <c>x-ms-retry-after-ms</c>, <c>Retry-After</c> in seconds or as a date), else exponential with full jitter.
/// </summary>
internal sealed class RetrySchedule(TimeSpan budget, TimeProvider clock, Func<double>? jitter = null)
{
    private const int MaxConnectionRetries = 3;
    private const int MaxFailureRetries = 5;
    private static readonly TimeSpan BaseDelay = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    // However soon the service says: a gateway that says "now" every time would make a loop that only the network slows down.
    private static readonly TimeSpan FirstFloor = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxFloor = TimeSpan.FromSeconds(1);

    private readonly Func<double> _jitter = jitter ?? Random.Shared.NextDouble;
    private readonly long _started = clock.GetTimestamp();
    private TimeSpan _excluded;

    /// <summary>Retries so far.</summary>
    public int Retries { get; private set; }

    /// <summary>True for answers that a later try may better.</summary>
    public static bool IsTransient(int status) => status is 408 or 429 || (status >= 500 && status is not (501 or 505));

    /// <summary>The wait that the service asks for in the headers of an answer; null where it asks for none.</summary>
    /// <param name="header">Reads a response header, null where absent.</param>
    /// <param name="clock">Tells the time where the answer does not.</param>
    public static TimeSpan? AskedDelay(Func<string, string?> header, TimeProvider clock)
    {
        foreach (string name in (ReadOnlySpan<string>)["retry-after-ms", "x-ms-retry-after-ms"])
        {
            if (double.TryParse(header(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds) && milliseconds is >= 0 and < 1e12)
                return TimeSpan.FromMilliseconds(milliseconds);
        }

        string? value = header("Retry-After");
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9)
            return TimeSpan.FromSeconds(seconds);
        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
        {
            // Measured against the service's own clock, which is the one that the date was made by.
            DateTimeOffset now = DateTimeOffset.TryParse(header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
                ? date
                : clock.GetUtcNow();
            return at > now ? at - now : TimeSpan.Zero;
        }

        return null;
    }

    /// <summary>The shortest wait before a further try, whatever the service asks for: twice as long each time, up to a second.</summary>
    /// <param name="retries">Tries before this one that were to be repeated.</param>
    /// <param name="jitter">0 to 1; the floor is lowered by up to a half, so that callers who were refused together part.</param>
    public static TimeSpan Floor(int retries, double jitter)
    {
        TimeSpan floor = FirstFloor * Math.Pow(2, Math.Min(retries, 10));
        return (floor < MaxFloor ? floor : MaxFloor) * (1 - (jitter / 2));
    }

    /// <summary>The longer of two times.</summary>
    public static TimeSpan AtLeast(TimeSpan time, TimeSpan floor) => time > floor ? time : floor;

    /// <summary>After an answer: whether to send again.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="header">Reads a response header, null where absent.</param>
    public RetryDecision AfterAnswer(int status, Func<string, string?> header)
    {
        if (!IsTransient(status))
            return RetryDecision.Stop;

        TimeSpan? asked = AskedDelay(header, clock);
        // A throttled request is sure to succeed some time, so only the budget bounds it.
        if (status != 429 && Retries >= MaxFailureRetries)
            return RetryDecision.Stop with { Asked = asked };

        return Decide(asked);
    }

    /// <summary>After a connection that failed or broke: whether to send again.</summary>
    public RetryDecision AfterConnectionFailure() => Retries >= MaxConnectionRetries ? RetryDecision.Stop : Decide(null);

    /// <summary>Takes time that went by for another reason than this request's failures out of the budget.</summary>
    public void Exclude(TimeSpan time) => _excluded += time;

    private RetryDecision Decide(TimeSpan? asked)
    {
        TimeSpan delay = asked is { } time ? AtLeast(time, Floor(Retries, _jitter())) : Backoff();
        if (clock.GetElapsedTime(_started) - _excluded + delay > budget)
            return RetryDecision.Stop with { Asked = asked, BudgetExceeded = true };

        Retries++;
        return new RetryDecision(true, delay, asked, false);
    }

    private TimeSpan Backoff()
    {
        double ceiling = Math.Min(MaxDelay.TotalMilliseconds, BaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(Retries, 10)));
        return TimeSpan.FromMilliseconds(ceiling * _jitter());
    }
}

/// <summary>What a <see cref="RetrySchedule"/> decided.</summary>
/// <param name="Again">Send again.</param>
/// <param name="Delay">After this time.</param>
/// <param name="Asked">What the service asked for, null where it did not.</param>
/// <param name="BudgetExceeded">Not again because the wait would go beyond what the caller allows.</param>
internal readonly record struct RetryDecision(bool Again, TimeSpan Delay, TimeSpan? Asked, bool BudgetExceeded)
{
    public static RetryDecision Stop { get; } = new(false, TimeSpan.Zero, null, false);
}

using System.Globalization;

namespace AzOpenAI.Core.Http;

/// <summary>
/// Decides whether and when a request is retried, on both planes. One instance per request. The delay is what the service specifies
/// (<c>retry-after-ms</c>, <c>x-ms-retry-after-ms</c>, <c>Retry-After</c> in seconds or as a date), otherwise exponential with full jitter.
/// </summary>
internal sealed class RetrySchedule(TimeSpan budget, TimeProvider clock, Func<double>? jitter = null)
{
    private const int MaxConnectionRetries = 3;
    private const int MaxFailureRetries = 5;
    private static readonly TimeSpan BaseDelay = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    // A minimum, whatever the service says: a gateway that always says "now" would cause a loop that only the network slows down.
    private static readonly TimeSpan FirstFloor = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxFloor = TimeSpan.FromSeconds(1);

    private readonly Func<double> _jitter = jitter ?? Random.Shared.NextDouble;
    private readonly long _started = clock.GetTimestamp();
    private TimeSpan _excluded;

    /// <summary>Retries so far.</summary>
    public int Retries { get; private set; }

    /// <summary>True for responses that may succeed when retried.</summary>
    public static bool IsTransient(int status) => status is 408 or 429 || (status >= 500 && status is not (501 or 505));

    /// <summary>The delay that the response's headers request; null if they don't.</summary>
    /// <param name="header">Reads a response header, null if absent.</param>
    /// <param name="clock">Provides the time if the response doesn't.</param>
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
            // Measured against the service's own clock, which the date is based on.
            DateTimeOffset now = DateTimeOffset.TryParse(header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
                ? date
                : clock.GetUtcNow();
            return at > now ? at - now : TimeSpan.Zero;
        }

        return null;
    }

    /// <summary>The minimum delay before a retry, whatever the service requests: doubled each time, up to a second.</summary>
    /// <param name="retries">Previous tries that failed with a retryable error.</param>
    /// <param name="jitter">0 to 1; reduces the minimum by up to a half, so that callers that were rejected together don't retry together.</param>
    public static TimeSpan Floor(int retries, double jitter)
    {
        TimeSpan floor = FirstFloor * Math.Pow(2, Math.Min(retries, 10));
        return (floor < MaxFloor ? floor : MaxFloor) * (1 - (jitter / 2));
    }

    /// <summary>The longer of two delays.</summary>
    public static TimeSpan AtLeast(TimeSpan time, TimeSpan floor) => time > floor ? time : floor;

    /// <summary>Decides after a response whether to retry.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="header">Reads a response header, null if absent.</param>
    public RetryDecision AfterAnswer(int status, Func<string, string?> header)
    {
        if (!IsTransient(status))
            return RetryDecision.Stop;

        TimeSpan? asked = AskedDelay(header, clock);
        // A throttled request will succeed eventually, so only the budget limits it.
        if (status != 429 && Retries >= MaxFailureRetries)
            return RetryDecision.Stop with { Asked = asked };

        return Decide(asked);
    }

    /// <summary>Decides after a failed connection whether to retry.</summary>
    public RetryDecision AfterConnectionFailure() => Retries >= MaxConnectionRetries ? RetryDecision.Stop : Decide(null);

    /// <summary>Excludes time from the budget that wasn't spent on this request's failures.</summary>
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

/// <summary>The decision of a <see cref="RetrySchedule"/>.</summary>
/// <param name="Again">True to retry.</param>
/// <param name="Delay">The delay before it.</param>
/// <param name="Asked">The delay that the service requested, or null.</param>
/// <param name="BudgetExceeded">True if it isn't retried because the delay would exceed what the caller allows.</param>
internal readonly record struct RetryDecision(bool Again, TimeSpan Delay, TimeSpan? Asked, bool BudgetExceeded)
{
    public static RetryDecision Stop { get; } = new(false, TimeSpan.Zero, null, false);
}

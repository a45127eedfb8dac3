using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.Limits;

/// <summary>Request and token limits of one deployment over sliding windows. Rejected requests aren't counted.</summary>
internal sealed class RateLimiter
{
    private const double Minute = 60;

    private readonly Lock _gate = new();
    private readonly Queue<(TimeSpan At, double Cost)> _taken = [];

    /// <param name="unit">Limits of one capacity unit.</param>
    /// <param name="capacity">Units of the deployment.</param>
    /// <param name="cost">Tokens of the request.</param>
    /// <param name="now">A time that never goes backward.</param>
    /// <param name="requestWindow">Seconds over which requests are counted, with the proportional share of the limit per minute (rounded
    /// up); null for the window of the limit itself.</param>
    public RateLimitResult TryTake(IReadOnlyList<CatalogueRateLimit> unit, int capacity, double cost, TimeSpan now, double? requestWindow = null)
    {
        lock (_gate)
        {
            double longest = Math.Max(Minute, unit.Count == 0 ? 0 : unit.Max(u => u.RenewalPeriod));
            while (_taken.TryPeek(out (TimeSpan At, double Cost) oldest) && (now - oldest.At).TotalSeconds >= longest)
            {
                _taken.Dequeue();
            }

            RateLimitResult result = new() { Allowed = true };
            foreach (CatalogueRateLimit limit in unit)
            {
                bool tokens = limit.Key == "token";
                double perMinute = limit.Count * capacity * Minute / limit.RenewalPeriod;
                double period = tokens || requestWindow is null ? limit.RenewalPeriod : requestWindow.Value;
                double allowed = tokens || requestWindow is null ? limit.Count * capacity : Math.Ceiling(perMinute * period / Minute);
                result = Check(result, new Window(tokens, perMinute, period, allowed), tokens ? cost : 1, now);
            }

            if (result.Allowed)
            {
                _taken.Enqueue((now, cost));
            }

            return result;
        }
    }

    private RateLimitResult Check(RateLimitResult result, Window window, double weight, TimeSpan now)
    {
        double used = 0;
        double usedThisMinute = 0;
        foreach ((TimeSpan at, double cost) in _taken)
        {
            double age = (now - at).TotalSeconds;
            double amount = window.Tokens ? cost : 1;
            used += age < window.Period ? amount : 0;
            usedThisMinute += age < Minute ? amount : 0;
        }

        bool fits = used + weight <= window.Allowed;
        if (!fits && result.Allowed)
        {
            result = result with { Allowed = false, Tokens = window.Tokens, RetryAfter = SecondsUntilFree(window, used + weight - window.Allowed, now) };
        }

        double remaining = Math.Max(0, window.PerMinute - usedThisMinute - (fits ? weight : 0));
        return window.Tokens
            ? result with { TokenLimit = window.PerMinute, TokensRemaining = remaining, TokenReset = window.Period }
            : result with { RequestLimit = window.PerMinute, RequestsRemaining = remaining, RequestReset = window.Period };
    }

    private int SecondsUntilFree(Window window, double excess, TimeSpan now)
    {
        foreach ((TimeSpan at, double cost) in _taken.Where(t => (now - t.At).TotalSeconds < window.Period))
        {
            excess -= window.Tokens ? cost : 1;
            if (excess <= 0)
            {
                return Math.Max(1, (int)Math.Ceiling(window.Period - (now - at).TotalSeconds));
            }
        }

        return (int)Math.Ceiling(window.Period);
    }

    private readonly record struct Window(bool Tokens, double PerMinute, double Period, double Allowed);
}

/// <summary>The result of a deployment's limits for one request. Limits are per minute; resets and RetryAfter are in seconds.</summary>
internal sealed record RateLimitResult
{
    public bool Allowed { get; init; }

    /// <summary>True if the token limit was exceeded, false for the request limit.</summary>
    public bool Tokens { get; init; }

    public int RetryAfter { get; init; }

    public double? RequestLimit { get; init; }

    public double? RequestsRemaining { get; init; }

    public double? RequestReset { get; init; }

    public double? TokenLimit { get; init; }

    public double? TokensRemaining { get; init; }

    public double? TokenReset { get; init; }
}

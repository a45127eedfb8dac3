using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.Limits;

/// <summary>
/// Request and token limits of one deployment over sliding windows: a request costs max_tokens, or 16 where it names none,
/// and a refused request costs nothing.
/// </summary>
internal sealed class RateLimiter
{
    private readonly Lock _gate = new();
    private readonly List<(TimeSpan At, double Cost)> _taken = [];

    public RateLimitResult TryTake(IReadOnlyList<CatalogueRateLimit> unit, int capacity, double cost, TimeSpan now)
    {
        lock (_gate)
        {
            double longest = unit.Count == 0 ? 0 : Math.Max(60, unit.Max(u => u.RenewalPeriod));
            _taken.RemoveAll(t => (now - t.At).TotalSeconds >= longest);
            RateLimitResult result = new() { Allowed = true };
            foreach (CatalogueRateLimit limit in unit)
            {
                result = Check(result, limit, limit.Count * capacity, cost, now);
            }

            if (result.Allowed)
            {
                _taken.Add((now, cost));
            }

            return result;
        }
    }

    private RateLimitResult Check(RateLimitResult result, CatalogueRateLimit limit, double allowed, double cost, TimeSpan now)
    {
        bool tokens = limit.Key == "token";
        double weight = tokens ? cost : 1;
        (TimeSpan At, double Cost)[] window = [.. _taken.Where(t => (now - t.At).TotalSeconds < limit.RenewalPeriod)];
        double used = window.Sum(t => tokens ? t.Cost : 1);
        double perMinute = allowed * 60 / limit.RenewalPeriod;
        double usedThisMinute = _taken.Where(t => (now - t.At).TotalSeconds < 60).Sum(t => tokens ? t.Cost : 1);
        if (used + weight > allowed && result.Allowed)
        {
            result = result with { Allowed = false, Tokens = tokens, RetryAfter = SecondsUntilFree(window, used + weight - allowed, tokens, limit.RenewalPeriod, now) };
        }

        double remaining = Math.Max(0, perMinute - usedThisMinute - (result.Allowed ? weight : 0));
        return tokens
            ? result with { TokenLimit = perMinute, TokensRemaining = remaining, TokenReset = limit.RenewalPeriod }
            : result with { RequestLimit = perMinute, RequestsRemaining = remaining, RequestReset = limit.RenewalPeriod };
    }

    private static int SecondsUntilFree((TimeSpan At, double Cost)[] window, double excess, bool tokens, double period, TimeSpan now)
    {
        foreach ((TimeSpan at, double cost) in window)
        {
            excess -= tokens ? cost : 1;
            if (excess <= 0)
            {
                return Math.Max(1, (int)Math.Ceiling(period - (now - at).TotalSeconds));
            }
        }

        return (int)Math.Ceiling(period);
    }
}

/// <summary>What a deployment's limits said to one request. Limits are per minute; resets and RetryAfter are seconds.</summary>
internal sealed record RateLimitResult
{
    public bool Allowed { get; init; }

    /// <summary>True where the token limit refused, false where the request limit did.</summary>
    public bool Tokens { get; init; }

    public int RetryAfter { get; init; }

    public double? RequestLimit { get; init; }

    public double? RequestsRemaining { get; init; }

    public double? RequestReset { get; init; }

    public double? TokenLimit { get; init; }

    public double? TokensRemaining { get; init; }

    public double? TokenReset { get; init; }
}

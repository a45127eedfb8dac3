using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Limits;

/// <summary>
/// ARM's token buckets for one caller in one subscription or tenant: reads 250 at 25 per second, writes and deletes 200 at 10. Those for all callers of a
/// subscription are 15 times as large.
/// </summary>
internal sealed class ArmThrottle(int scale = 1)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (double Tokens, TimeSpan At)> _buckets = [];

    /// <summary>Takes one token. False if the bucket is empty; <paramref name="retryAfter"/> is then the delay in seconds.</summary>
    public bool TryTake(string kind, EmulatorClock clock, out int remaining, out int retryAfter)
    {
        (double size, double refill) = kind == "reads" ? (250d * scale, 25d * scale) : (200d * scale, 10d * scale);
        lock (_gate)
        {
            TimeSpan now = clock.Uptime;
            double tokens = _buckets.TryGetValue(kind, out (double Tokens, TimeSpan At) bucket)
                ? Math.Min(size, bucket.Tokens + ((now - bucket.At).TotalSeconds * refill))
                : size;
            bool taken = tokens >= 1;
            tokens -= taken ? 1 : 0;
            _buckets[kind] = (tokens, now);
            remaining = (int)tokens;
            retryAfter = taken ? 0 : Math.Max(1, (int)Math.Ceiling((1 - tokens) / refill));
            return taken;
        }
    }
}

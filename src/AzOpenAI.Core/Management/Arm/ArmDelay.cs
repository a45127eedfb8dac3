using System.Globalization;

namespace AzOpenAI.Core.Management;

/// <summary>How long the service asks to wait before the next look.</summary>
internal static class ArmDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static TimeSpan? Asked(ArmResponse response, TimeProvider clock)
    {
        string? value = response.Header("Retry-After");
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9)
            return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
            return null;
        DateTimeOffset now = DateTimeOffset.TryParse(response.Header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date
            : clock.GetUtcNow();
        return at > now ? at - now : TimeSpan.Zero;
    }

    /// <summary>Without a word of the service: soon at first, then at most every ten seconds.</summary>
    public static TimeSpan Default(int poll)
    {
        double milliseconds = First.TotalMilliseconds * Math.Pow(1.5, Math.Min(poll, 20));
        return milliseconds < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Longest;
    }
}

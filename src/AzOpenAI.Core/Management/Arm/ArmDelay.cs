using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management;

/// <summary>How long the service asks to wait before the next look.</summary>
internal static class ArmDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static TimeSpan? Asked(ArmResponse response, TimeProvider clock) => RetrySchedule.AskedDelay(response.Header, clock);

    /// <summary>Without a word of the service: soon at first, then at most every ten seconds.</summary>
    public static TimeSpan Default(int poll)
    {
        double milliseconds = First.TotalMilliseconds * Math.Pow(1.5, Math.Min(poll, 20));
        return milliseconds < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Longest;
    }
}

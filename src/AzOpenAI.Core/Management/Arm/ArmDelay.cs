using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>How long to wait before the next look.</summary>
internal static class ArmDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MaxFloor = TimeSpan.FromSeconds(1);

    /// <summary>The service's word where it gave one, else our own delay. A service that says "now" gets our own delay, too, up to a second.</summary>
    public static TimeSpan Next(ArmResponse response, TimeProvider clock, TimeSpan own) =>
        RetrySchedule.AskedDelay(response.Header, clock) is { } asked ? RetrySchedule.AtLeast(asked, own < MaxFloor ? own : MaxFloor) : own;

    /// <summary>Without a word of the service: soon at first, then at most every ten seconds.</summary>
    public static TimeSpan Default(int poll)
    {
        double milliseconds = First.TotalMilliseconds * Math.Pow(1.5, Math.Min(poll, 20));
        return milliseconds < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Longest;
    }
}

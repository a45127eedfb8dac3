using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>The delay before polling again.</summary>
internal static class ArmDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MaxFloor = TimeSpan.FromSeconds(1);

    /// <summary>The delay that the service specifies, otherwise our own. If the service says "now", our own delay also applies, up to a second.</summary>
    public static TimeSpan Next(ArmResponse response, TimeProvider clock, TimeSpan own) =>
        RetrySchedule.AskedDelay(response.Header, clock) is { } asked ? RetrySchedule.AtLeast(asked, own < MaxFloor ? own : MaxFloor) : own;

    /// <summary>If the service doesn't specify a delay: short at first, then up to ten seconds.</summary>
    public static TimeSpan Default(int poll)
    {
        double milliseconds = First.TotalMilliseconds * Math.Pow(1.5, Math.Min(poll, 20));
        return milliseconds < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Longest;
    }
}

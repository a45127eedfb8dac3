namespace AzOpenAI.Core.Management.Arm;

/// <summary>The remaining time that an operation of several requests may wait.</summary>
internal sealed class OperationBudget(TimeSpan total, TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();

    public TimeSpan Total => total;

    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    public TimeSpan Remaining => total > Elapsed ? total - Elapsed : TimeSpan.Zero;

    public bool Allows(TimeSpan delay) => delay <= Remaining && Remaining > TimeSpan.Zero;
}

namespace AzOpenAI;

/// <summary>A rate limit rule.</summary>
/// <param name="Key"><c>request</c> or <c>token</c>.</param>
/// <param name="Count">Maximum number in one period.</param>
/// <param name="RenewalPeriodSeconds">Length of the period, in seconds.</param>
public sealed record RateLimit(string Key, double Count, double RenewalPeriodSeconds)
{
    /// <summary>The same limit per minute.</summary>
    public double PerMinute => RenewalPeriodSeconds > 0 ? Count * 60 / RenewalPeriodSeconds : 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Key} {Count}/{RenewalPeriodSeconds}s";
}

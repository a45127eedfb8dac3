namespace AzOpenAI.Core.DataPlane;

/// <summary>What waiting for a new deployment came to.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">The same in words, for a verbose line or a warning.</param>
/// <param name="StatusCode">HTTP status of the last answer, null where none came.</param>
/// <param name="Waited">How long it took.</param>
public sealed record ProbeResult(ProbeOutcome Outcome, string Reason, int? StatusCode, TimeSpan Waited);

/// <summary>How the wait for a new deployment ended.</summary>
public enum ProbeOutcome
{
    /// <summary>The data plane knows the deployment.</summary>
    Ready,

    /// <summary>Nobody could ask: no access, or no way to the service. Counts as done.</summary>
    Unverified,

    /// <summary>The time ran out while the data plane did not know the deployment.</summary>
    NotReady,
}

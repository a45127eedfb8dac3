namespace AzOpenAI.Core.DataPlane;

/// <summary>The result of waiting for a new deployment.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">The reason, for a verbose message or a warning.</param>
/// <param name="StatusCode">HTTP status of the last response, or null.</param>
/// <param name="Waited">How long it took.</param>
public sealed record ProbeResult(ProbeOutcome Outcome, string Reason, int? StatusCode, TimeSpan Waited);

/// <summary>The outcome of waiting for a new deployment.</summary>
public enum ProbeOutcome
{
    /// <summary>The data plane knows the deployment.</summary>
    Ready,

    /// <summary>It couldn't be checked: no access, or the service can't be reached. Treated as success.</summary>
    Unverified,

    /// <summary>It timed out before the data plane knew the deployment.</summary>
    NotReady,
}

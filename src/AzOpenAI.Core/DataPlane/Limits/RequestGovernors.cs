using System.Collections.Concurrent;

namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>
/// The known limits of deployments, by endpoint and deployment. Calls with the same instance share the limits fairly, and later calls benefit from what
/// earlier ones learned. Thread-safe.
/// </summary>
public sealed class RequestGovernors
{
    private readonly ConcurrentDictionary<(Uri Endpoint, string Deployment), DeploymentGovernor> _governors = new();
    private readonly TimeProvider _clock;

    /// <summary>Creates an instance that knows no limits yet.</summary>
    public RequestGovernors()
        : this(TimeProvider.System)
    {
    }

    internal RequestGovernors(TimeProvider clock) => _clock = clock;

    /// <summary>How long requests to the deployment must still wait for its limits; zero if none is waiting.</summary>
    public TimeSpan Waiting(Uri endpoint, string deployment) =>
        _governors.TryGetValue((endpoint, deployment), out DeploymentGovernor? governor) ? governor.TimeUntilNext() : TimeSpan.Zero;

    internal DeploymentGovernor For(Uri endpoint, string deployment) =>
        _governors.GetOrAdd((endpoint, deployment), static (_, clock) => new DeploymentGovernor(clock), _clock);
}

using System.Collections.Concurrent;

namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>
/// What is known about the limits of deployments, by endpoint and deployment. Calls that share it share the limits fairly, and a later one begins with what
/// an earlier one learned. Safe for many threads.
/// </summary>
public sealed class RequestGovernors
{
    private readonly ConcurrentDictionary<(Uri Endpoint, string Deployment), DeploymentGovernor> _governors = new();
    private readonly TimeProvider _clock;

    /// <summary>Nothing known yet.</summary>
    public RequestGovernors()
        : this(TimeProvider.System)
    {
    }

    internal RequestGovernors(TimeProvider clock) => _clock = clock;

    /// <summary>How long requests to the deployment must still wait for its limits; zero where none waits.</summary>
    public TimeSpan Waiting(Uri endpoint, string deployment) =>
        _governors.TryGetValue((endpoint, deployment), out DeploymentGovernor? governor) ? governor.TimeUntilNext() : TimeSpan.Zero;

    internal DeploymentGovernor For(Uri endpoint, string deployment) =>
        _governors.GetOrAdd((endpoint, deployment), static (_, clock) => new DeploymentGovernor(clock), _clock);
}

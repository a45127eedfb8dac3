using System.Security;

namespace AzOpenAI.Core.Keys;

/// <summary>What to rotate, and what must keep working meanwhile.</summary>
public sealed record KeyRotationRequest
{
    /// <summary>The resource.</summary>
    public required Resource Resource { get; init; }

    /// <summary>Default deployment of the connection that is passed on.</summary>
    public string? Deployment { get; init; }

    /// <summary>The key that clients use now; null to determine it from <see cref="CurrentKey"/>.</summary>
    public KeyName? KeyInUse { get; init; }

    /// <summary>The value of the key that a client uses now, to identify it; null to use <see cref="KeyInUse"/>.</summary>
    public SecureString? CurrentKey { get; init; }

    /// <summary>True to regenerate the key in use too, after the grace period.</summary>
    public bool Both { get; init; }

    /// <summary>The time for clients to switch to the new key.</summary>
    public TimeSpan GracePeriod { get; init; }

    /// <summary>False to skip the checks on the data plane before and after.</summary>
    public bool Probe { get; init; } = true;
}

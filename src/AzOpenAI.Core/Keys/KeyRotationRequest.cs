using System.Security;

namespace AzOpenAI.Core.Keys;

/// <summary>What is to be rotated, and what must go on working meanwhile.</summary>
public sealed record KeyRotationRequest
{
    /// <summary>The resource.</summary>
    public required Resource Resource { get; init; }

    /// <summary>Default deployment of the connection that is handed over.</summary>
    public string? Deployment { get; init; }

    /// <summary>The key that the consumers use now. Null: told by <see cref="CurrentKey"/>.</summary>
    public KeyName? KeyInUse { get; init; }

    /// <summary>The value of the key that a consumer uses now, to be recognised. Null: told by <see cref="KeyInUse"/>.</summary>
    public SecureString? CurrentKey { get; init; }

    /// <summary>True: the key in use is regenerated, too, when the grace period is over.</summary>
    public bool Both { get; init; }

    /// <summary>How long the consumers have to take up the new key.</summary>
    public TimeSpan GracePeriod { get; init; }

    /// <summary>False: the data plane is not asked, neither before nor after.</summary>
    public bool Probe { get; init; } = true;
}

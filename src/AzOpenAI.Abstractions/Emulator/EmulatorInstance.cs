namespace AzOpenAI;

/// <summary>A running emulator of both planes.</summary>
public sealed record EmulatorInstance
{
    /// <summary>Process ID.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Base URL of both planes, on loopback.</summary>
    public required Uri Uri { get; init => field = ServiceUri.Of(value); }

    /// <summary>Base URL of the https listener, if requested.</summary>
    public Uri? HttpsUri { get; init => field = ServiceUri.Of(value); }

    /// <summary>PEM file of the https listener's certificate.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>The initial subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>When it was started, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Uri.ToString();
}

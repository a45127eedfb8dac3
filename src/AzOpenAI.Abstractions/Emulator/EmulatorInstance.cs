namespace AzOpenAI;

/// <summary>A running emulator of both planes.</summary>
public sealed record EmulatorInstance
{
    /// <summary>Process id.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Base of both planes, on loopback.</summary>
    public required Uri Uri { get; init => field = ServiceUri.Of(value); }

    /// <summary>Base of the https listener, where one was asked for.</summary>
    public Uri? HttpsUri { get; init => field = ServiceUri.Of(value); }

    /// <summary>PEM file of the https listener's certificate.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>Subscription that is there from the start.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>When it was started, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Uri.ToString();
}

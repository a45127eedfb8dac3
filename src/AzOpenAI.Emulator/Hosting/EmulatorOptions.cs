namespace AzOpenAI.Emulator.Hosting;

/// <summary>How an emulator starts. Nothing is read from the environment or from files.</summary>
public sealed record EmulatorOptions
{
    /// <summary>Port of the http listener on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// True adds a second listener on another free port of 127.0.0.1 that speaks https with a certificate made at start for localhost,
    /// 127.0.0.1 and ::1. Some Azure SDKs refuse to send a bearer token over plain http.
    /// </summary>
    public bool Https { get; init; }

    /// <summary>Added to every answer of both planes.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Where the emulator's clock starts; null takes the date for which the catalogue's statuses hold. The clock then runs on.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>How long an account creation, a network change, a registration or the deletion of a group takes.</summary>
    public TimeSpan LongRunningDuration { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Items on a page of a list; the next page is behind nextLink. At least 1.</summary>
    public int PageSize { get; init; } = 250;

    /// <summary>Speed of streamed answers; null sends as fast as the client reads.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>
    /// JSON with the subscriptions to start with: resource groups, accounts with deployments, soft-deleted accounts, quota, stock. Null starts with two empty
    /// subscriptions. docs/emulator.md has the schema.
    /// </summary>
    public string? Seed { get; init; }

    /// <summary>Takes one line per request (method, path, status, milliseconds), never a header or a body; null logs nothing.</summary>
    public TextWriter? Log { get; init; }
}

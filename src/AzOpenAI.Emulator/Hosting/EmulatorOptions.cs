namespace AzOpenAI.Emulator.Hosting;

/// <summary>The options of an emulator. Nothing is read from the environment or from files.</summary>
public sealed record EmulatorOptions
{
    /// <summary>Port of the http listener on 127.0.0.1; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// True to add a second listener on another free port of 127.0.0.1 for https, with a certificate created at start for localhost,
    /// 127.0.0.1 and ::1. Some Azure SDKs refuse to send a bearer token over plain http.
    /// </summary>
    public bool Https { get; init; }

    /// <summary>Delay added to every response of both planes.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Start of the emulator's clock; null for the date of the catalog's statuses. The clock then advances normally.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Duration of creating an account, a network change, a registration or deleting a group.</summary>
    public TimeSpan LongRunningDuration { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Items on a page of a list; nextLink leads to the next page. At least 1.</summary>
    public int PageSize { get; init; } = 250;

    /// <summary>Speed of streamed responses; null to send as fast as the client reads.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>
    /// JSON with the initial subscriptions: resource groups, accounts with deployments, soft-deleted accounts, quota, stock. Null for two empty
    /// subscriptions. docs/emulator.md has the schema.
    /// </summary>
    public string? Seed { get; init; }

    /// <summary>Receives one line per request (method, path, status, milliseconds), never a header or a body; null to log nothing.</summary>
    public TextWriter? Log { get; init; }
}

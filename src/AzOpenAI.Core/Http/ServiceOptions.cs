namespace AzOpenAI.Core.Http;

/// <summary>Options of every service call.</summary>
public sealed record ServiceOptions
{
    /// <summary>Maximum total time to wait for throttling, retries and long-running operations. Longer waits fail immediately.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Maximum time to enter a device code; null for the lifetime of the code.</summary>
    public TimeSpan? LoginWait { get; init; }

    /// <summary>Maximum time of a try without receiving data.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Maximum size of a response, in bytes after decompression; a larger one fails. A response that is streamed to a file isn't limited.</summary>
    public long MaxResponseBytes { get; init; } = ResponseLimits.Default;

    /// <summary>Receives verbose messages, warnings and progress.</summary>
    public IOperationReporter Reporter { get; init; } = SilentReporter.Instance;

    /// <summary>The hosts that a token was already sent to; a session passes its own.</summary>
    public TokenUses TokenUses { get; init; } = new();

    /// <summary>Clock for delays; tests pass their own.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

namespace AzOpenAI.Core.Http;

/// <summary>What every service call respects.</summary>
public sealed record ServiceOptions
{
    /// <summary>How long an operation may wait in all for throttling, retries and long-running operations. Longer waits fail at once.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a person may take to type a device code; null: as long as the code lives.</summary>
    public TimeSpan? LoginWait { get; init; }

    /// <summary>How long one try may stay without a byte from the service.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Bytes that an answer may have, decompressed; a larger one is cut off and fails. What is written to a file as it comes has no limit.</summary>
    public long MaxResponseBytes { get; init; } = ResponseLimits.Default;

    /// <summary>Who is told what happens meanwhile.</summary>
    public IOperationReporter Reporter { get; init; } = SilentReporter.Instance;

    /// <summary>Which hosts were sent a token before; a session passes its own.</summary>
    public TokenUses TokenUses { get; init; } = new();

    /// <summary>Clock for waits; tests bring their own.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

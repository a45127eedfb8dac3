namespace AzOpenAI.Emulator.State;

/// <summary>What the settings endpoint can change while the emulator runs.</summary>
internal sealed class EmulatorSettings(EmulatorOptions options)
{
    public TimeSpan Latency { get; set; } = options.Latency;

    public TimeSpan LongRunningDuration { get; set; } = options.LongRunningDuration;

    public int PageSize { get; set; } = options.PageSize;

    public double? TokensPerSecond { get; set; } = options.TokensPerSecond;

    /// <summary>Exact number of content chunks of a stream; null = one per word.</summary>
    public int? ChunkCount { get; set; }

    public TimeSpan ChunkDelay { get; set; }

    /// <summary>How long a new deployment is unknown to the data plane.</summary>
    public TimeSpan DeploymentNotFound { get; set; }

    public bool RateLimits { get; set; } = true;
}

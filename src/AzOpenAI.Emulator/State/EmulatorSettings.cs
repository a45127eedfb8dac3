using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.State;

/// <summary>The settings that can be changed while the emulator is running.</summary>
internal sealed class EmulatorSettings(EmulatorOptions options)
{
    public TimeSpan Latency { get; set; } = options.Latency;

    public TimeSpan LongRunningDuration { get; set; } = options.LongRunningDuration;

    public int PageSize { get; set; } = options.PageSize;

    public double? TokensPerSecond { get; set; } = options.TokensPerSecond;

    /// <summary>Exact number of content chunks of a stream; null for one per word.</summary>
    public int? ChunkCount { get; set; }

    public TimeSpan ChunkDelay { get; set; }

    /// <summary>How long a new deployment is unknown to the data plane.</summary>
    public TimeSpan DeploymentNotFound { get; set; }

    /// <summary>How long the data plane rejects a regenerated key.</summary>
    public TimeSpan KeyDelay { get; set; }

    /// <summary>How long a principal is unknown to role assignments, from the first one that uses it.</summary>
    public TimeSpan PrincipalNotFound { get; set; }

    /// <summary>True if a bearer token on the data plane needs a role.</summary>
    public bool DataRoles { get; set; }

    public bool RateLimits { get; set; } = true;

    /// <summary>Length of the sliding window of the request limit, in seconds; null for the renewal period of the SKU.</summary>
    public double? RequestWindow { get; set; }

    /// <summary>Utilization of a provisioned deployment in percent; at 100 it returns 429.</summary>
    public double ProvisionedUtilization { get; set; }

    /// <summary>True to send streams unfiltered, with the results in separate events.</summary>
    public bool AsynchronousFilter { get; set; }

    /// <summary>True to add obfuscation to the chunks of a stream even if it isn't requested.</summary>
    public bool Obfuscation { get; set; }
}

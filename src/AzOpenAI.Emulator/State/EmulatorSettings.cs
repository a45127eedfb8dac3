using AzOpenAI.Emulator.Hosting;

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

    /// <summary>How long the data plane refuses a regenerated key.</summary>
    public TimeSpan KeyDelay { get; set; }

    /// <summary>How long a principal is unknown to role assignments, from the first one that names it.</summary>
    public TimeSpan PrincipalNotFound { get; set; }

    /// <summary>Whether a bearer token on the data plane needs a role.</summary>
    public bool DataRoles { get; set; }

    public bool RateLimits { get; set; } = true;

    /// <summary>Length in seconds of the sliding window of the request limit; null = the renewal period of the SKU.</summary>
    public double? RequestWindow { get; set; }

    /// <summary>Percent of a provisioned deployment that is in use; at 100 it answers 429.</summary>
    public double ProvisionedUtilization { get; set; }

    /// <summary>True sends streams unfiltered, with the findings in events of their own.</summary>
    public bool AsynchronousFilter { get; set; }

    /// <summary>True adds obfuscation to the chunks of a stream even where the request does not ask for it.</summary>
    public bool Obfuscation { get; set; }
}

using AzOpenAI.Core.Http;
using Azure.Core;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>The SDK's pipeline with the module's retry policy, without logging and telemetry.</summary>
internal sealed class ArmClientOptions : ClientOptions
{
    public ArmClientOptions(HttpClient client, ServiceOptions options)
    {
        Transport = new ArmTransport(client, options);
        RetryPolicy = new ArmRetryPolicy(options);
        Retry.NetworkTimeout = options.NetworkTimeout;
        Diagnostics.IsLoggingEnabled = false;
        Diagnostics.IsLoggingContentEnabled = false;
        Diagnostics.IsTelemetryEnabled = false;
        Diagnostics.IsDistributedTracingEnabled = false;
    }
}

using System.ClientModel.Primitives;
using System.Reflection;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>
/// The pipelines of System.ClientModel, one for loopback and one for all other hosts, created on first use. Target, credential, time limit and retries of a call
/// come with the call, so that all connections share them.
/// </summary>
internal static class SharedPipeline
{
    private static readonly Lazy<ClientPipeline> Remote = new(() => Create(new Uri("https://api.openai.com/v1")));
    private static readonly Lazy<ClientPipeline> Local = new(() => Create(new Uri("http://127.0.0.1/")));

    /// <summary>Returns the pipeline for the endpoint.</summary>
    public static ClientPipeline For(Uri endpoint) => Loopback.Is(endpoint) ? Local.Value : Remote.Value;

    private static ClientPipeline Create(Uri endpoint)
    {
        ClientPipelineOptions options = new()
        {
            Transport = new HttpClientPipelineTransport(SharedHandler.For(endpoint)),
            RetryPolicy = new RetryPolicy(),
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };
        Assembly assembly = typeof(SharedPipeline).Assembly;
        UserAgentPolicy userAgent = new(assembly, $"AzOpenAI/{assembly.GetName().Version?.ToString(3)}");
        return ClientPipeline.Create(options, perCallPolicies: [userAgent], perTryPolicies: [new CredentialPolicy()], beforeTransportPolicies: [new ResponseLimitPolicy()]);
    }
}

using System.ClientModel.Primitives;
using AzOpenAI.Core.Http;
using OpenAI;
using OpenAI.Chat;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>
/// The pipeline of the OpenAI package's client, one for loopback and one for all other hosts, created on first use. Endpoint, credential, time-out and retries
/// are part of the call, so that connections share it: the package has one base URL per client and doesn't support Azure's dated routes.
/// </summary>
internal static class SharedPipeline
{
    private static readonly Lazy<ClientPipeline> Remote = new(() => Create(new Uri("https://api.openai.com/v1")));
    private static readonly Lazy<ClientPipeline> Local = new(() => Create(new Uri("http://127.0.0.1/")));

    /// <summary>Returns the pipeline for the endpoint.</summary>
    public static ClientPipeline For(Uri endpoint) => Loopback.Is(endpoint) ? Local.Value : Remote.Value;

    private static ClientPipeline Create(Uri endpoint)
    {
        OpenAIClientOptions options = new()
        {
            Endpoint = endpoint,
            UserAgentApplicationId = "AzOpenAI/" + typeof(SharedPipeline).Assembly.GetName().Version?.ToString(3),
            Transport = new HttpClientPipelineTransport(SharedHandler.For(endpoint)),
            RetryPolicy = new RetryPolicy(),
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };
        options.AddPolicy(new ResponseLimitPolicy(), PipelinePosition.BeforeTransport);
        // The constructor with a policy is still marked experimental; without it, the key could only be sent as a bearer token.
#pragma warning disable OPENAI001
        return new ChatClient("-", new CredentialPolicy(), options).Pipeline;
#pragma warning restore OPENAI001
    }
}

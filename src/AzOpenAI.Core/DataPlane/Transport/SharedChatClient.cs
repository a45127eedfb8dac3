using System.ClientModel.Primitives;
using AzOpenAI.Core.Http;
using OpenAI;
using OpenAI.Chat;

namespace AzOpenAI.Core.DataPlane;

/// <summary>
/// The OpenAI package's client, one for loopback and one for all else, made on first use. Endpoint, credential, time limit and retries of a call come with
/// the call, so that connections share it.
/// </summary>
internal static class SharedChatClient
{
    private static readonly Lazy<ChatClient> RemoteClient = new(() => Create(new Uri("https://api.openai.com/v1")));
    private static readonly Lazy<ChatClient> LoopbackClient = new(() => Create(new Uri("http://127.0.0.1/")));

    /// <summary>The client for the endpoint.</summary>
    public static ChatClient For(Uri endpoint) => Loopback.Is(endpoint) ? LoopbackClient.Value : RemoteClient.Value;

    private static ChatClient Create(Uri endpoint)
    {
        OpenAIClientOptions options = new()
        {
            Endpoint = endpoint,
            UserAgentApplicationId = "AzOpenAI/" + typeof(SharedChatClient).Assembly.GetName().Version?.ToString(3),
            Transport = new HttpClientPipelineTransport(SharedHandler.For(endpoint)),
            RetryPolicy = new RetryPolicy(),
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };
        options.AddPolicy(new RoutePolicy(), PipelinePosition.PerCall);
        // The constructor that takes a policy is still marked experimental; without it the key could only go as a bearer token.
#pragma warning disable OPENAI001
        return new ChatClient("-", new CredentialPolicy(), options);
#pragma warning restore OPENAI001
    }
}

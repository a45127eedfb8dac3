using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.DataPlane.Completions;
using AzOpenAI.Core.DataPlane.Embeddings;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.DataPlane.Requests;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Calls the data plane over one connection. Cheap to create: sockets and the SDK's pipeline are shared by the process. Thread-safe.</summary>
public sealed class DataPlaneClient
{
    /// <summary>Creates a client.</summary>
    /// <param name="connection">Endpoint, credential and defaults.</param>
    /// <param name="tokens">Provides Entra ID tokens; required by connections with <see cref="AuthenticationKind.EntraId"/>.</param>
    /// <param name="environment">The cloud, for the token's scope; null for public Azure.</param>
    /// <param name="options">Waits, time-outs and reporter.</param>
    /// <param name="governors">Limits of deployments, shared by concurrent requests; null if each request waits on its own.</param>
    /// <exception cref="AzOpenAIException">EndpointInsecure, EndpointInvalid, ApiVersionMissing, KeyMissing, ContextMissing, EntraTokenWithheld.</exception>
    public DataPlaneClient(Connection connection, TokenSource? tokens, CloudEnvironment? environment, ServiceOptions options, RequestGovernors? governors = null)
    {
        DataPlaneSession session = new(connection, tokens, environment, options, governors);
        Connection = connection;
        Chat = new ChatService(session);
        Completions = new CompletionService(session);
        Embeddings = new EmbeddingService(session);
        Requests = new RequestService(session);
        Probe = new DeploymentProbe(session);
    }

    /// <summary>Endpoint, credential and defaults.</summary>
    public Connection Connection { get; }

    /// <summary>Chat completions.</summary>
    public ChatService Chat { get; }

    /// <summary>Legacy completions.</summary>
    public CompletionService Completions { get; }

    /// <summary>Embeddings.</summary>
    public EmbeddingService Embeddings { get; }

    /// <summary>Any other request.</summary>
    public RequestService Requests { get; }

    /// <summary>Waits until a new deployment is available.</summary>
    public DeploymentProbe Probe { get; }
}

using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.DataPlane.Completions;
using AzOpenAI.Core.DataPlane.Embeddings;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.DataPlane.Requests;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Calls the data plane over one connection. Cheap to make: sockets and the SDK's pipeline are shared by the process. Safe for many threads.</summary>
public sealed class DataPlaneClient
{
    /// <summary>Creates a client.</summary>
    /// <param name="connection">Where and how.</param>
    /// <param name="tokens">Gives Entra ID tokens; needed by connections with <see cref="AuthenticationKind.EntraId"/>.</param>
    /// <param name="environment">The cloud, for the token's scope; public Azure where null.</param>
    /// <param name="options">Waits, time limits, and who is told.</param>
    /// <param name="governors">Limits of deployments, shared by requests that are sent side by side; null: each request waits for itself.</param>
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

    /// <summary>Where and how it calls.</summary>
    public Connection Connection { get; }

    /// <summary>Chat completions.</summary>
    public ChatService Chat { get; }

    /// <summary>Legacy completions.</summary>
    public CompletionService Completions { get; }

    /// <summary>Embeddings.</summary>
    public EmbeddingService Embeddings { get; }

    /// <summary>Any other request.</summary>
    public RequestService Requests { get; }

    /// <summary>Waits until a new deployment answers.</summary>
    public DeploymentProbe Probe { get; }
}

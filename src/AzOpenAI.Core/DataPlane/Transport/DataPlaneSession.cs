using System.ClientModel.Primitives;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Connections;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>A connection with everything needed to use it, validated once.</summary>
internal sealed class DataPlaneSession
{
    public DataPlaneSession(Connection connection, TokenSource? tokens, CloudEnvironment? environment, ServiceOptions options, RequestGovernors? governors = null)
    {
        Connection = connection;
        Tokens = tokens;
        Options = options;
        Governors = governors;
        Environment = environment ?? CloudEnvironment.AzureCloud;
        Check();
    }

    public Connection Connection { get; }

    public TokenSource? Tokens { get; }

    /// <summary>The cloud that issues the tokens.</summary>
    public CloudEnvironment Environment { get; }

    /// <summary>The API version of dated routes, in normalized form.</summary>
    public string? ApiVersion => ApiVersions.Normalise(Connection.ApiVersion);

    public ServiceOptions Options { get; }

    /// <summary>Limits shared by concurrent requests; null if each request waits on its own.</summary>
    public RequestGovernors? Governors { get; }

    /// <summary>The pipeline for this connection's requests; other connections share it.</summary>
    public ClientPipeline Pipeline => field ??= SharedPipeline.For(Connection.Endpoint);

    /// <summary>The scope of an Entra ID token for this connection.</summary>
    public string Scope => Connection.Scope ?? Connection.Kind switch
    {
        ConnectionKind.AzureDated or ConnectionKind.ApiManagement => Environment.DataPlaneScope,
        _ => Environment.DataPlaneV1Scope,
    };

    /// <summary>True if the deployment is in the path and the body doesn't need a model.</summary>
    public bool IsDated => Connection.Kind is ConnectionKind.AzureDated or ConnectionKind.ApiManagement;

    /// <summary>Returns the URL of an operation, such as <c>chat/completions</c>.</summary>
    /// <exception cref="AzOpenAIException">DeploymentNameInvalid: in a path, the name would lead elsewhere.</exception>
    public Uri Target(string operation, string deployment)
    {
        string path = Connection.Kind switch
        {
            ConnectionKind.AzureV1 => "openai/v1/" + operation,
            ConnectionKind.AzureDated => $"openai/deployments/{RequestPath.Segment(deployment)}/{operation}?api-version={ApiVersion}",
            ConnectionKind.ApiManagement => $"deployments/{RequestPath.Segment(deployment)}/{operation}?api-version={ApiVersion}",
            _ => operation,
        };
        return new Uri(Connection.Endpoint, path);
    }

    private void Check()
    {
        Uri endpoint = Connection.Endpoint;
        bool loopback = Loopback.Is(endpoint);
        if (endpoint.Scheme != Uri.UriSchemeHttps && !(loopback && endpoint.Scheme == Uri.UriSchemeHttp))
            throw Failure.Of(nameof(Messages.EndpointInsecure), ErrorKind.InvalidInput, ShownText.Address(endpoint));
        if (!endpoint.AbsolutePath.EndsWith('/') || endpoint.Query.Length > 0 || endpoint.UserInfo.Length > 0)
            throw Failure.Of(nameof(Messages.EndpointInvalid), ErrorKind.InvalidInput, ShownText.Address(endpoint), "it isn't a base URL that ends with a slash");
        if (IsDated && string.IsNullOrWhiteSpace(Connection.ApiVersion))
            throw Failure.Of(nameof(Messages.ApiVersionMissing), ErrorKind.InvalidInput, endpoint.Host);
        if (IsDated && !ApiVersions.IsDated(ApiVersion))
            throw Failure.Of(nameof(Messages.ApiVersionInvalid), ErrorKind.InvalidInput, ShownText.Name(Connection.ApiVersion ?? ""));
        HeaderRules.Check(Connection.Headers);

        switch (Connection.Authentication)
        {
            case AuthenticationKind.ApiKey when Connection.Key is null:
                throw Failure.Of(nameof(Messages.KeyMissing), ErrorKind.Authentication, endpoint.Host);
            case AuthenticationKind.EntraId when Tokens is null:
                throw Failure.Of(nameof(Messages.ContextMissing), ErrorKind.Authentication, endpoint.Host);
            case AuthenticationKind.EntraId when loopback && Tokens.Source != CredentialSource.Emulator:
                throw Failure.Of(nameof(Messages.EntraTokenWithheld), ErrorKind.InvalidInput, endpoint.Host);
            case AuthenticationKind.EntraId:
                TokenHosts.Check(endpoint, Connection.TrustedHost, Environment);
                break;
        }
    }
}

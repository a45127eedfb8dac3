using System.ClientModel.Primitives;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>A connection with what is needed to use it, checked once.</summary>
internal sealed class DataPlaneSession
{
    private readonly CloudEnvironment _environment;

    public DataPlaneSession(Connection connection, TokenSource? tokens, CloudEnvironment? environment, ServiceOptions options)
    {
        Connection = connection;
        Tokens = tokens;
        Options = options;
        _environment = environment ?? CloudEnvironment.AzureCloud;
        Check();
    }

    public Connection Connection { get; }

    public TokenSource? Tokens { get; }

    public ServiceOptions Options { get; }

    /// <summary>What sends the requests of this connection; others share it.</summary>
    public ClientPipeline Pipeline => field ??= SharedPipeline.For(Connection.Endpoint);

    /// <summary>The scope of an Entra ID token for this connection.</summary>
    public string Scope => Connection.Scope ?? Connection.Kind switch
    {
        ConnectionKind.AzureDated or ConnectionKind.ApiManagement => _environment.DataPlaneScope,
        _ => _environment.DataPlaneV1Scope,
    };

    /// <summary>True where the deployment stands in the path and the body needs no model.</summary>
    public bool IsDated => Connection.Kind is ConnectionKind.AzureDated or ConnectionKind.ApiManagement;

    /// <summary>The address of an operation, such as <c>chat/completions</c>.</summary>
    /// <exception cref="AzOpenAIException">DeploymentNameInvalid: in a path the name would lead elsewhere.</exception>
    public Uri Target(string operation, string deployment)
    {
        string path = Connection.Kind switch
        {
            ConnectionKind.AzureV1 => "openai/v1/" + operation,
            ConnectionKind.AzureDated => $"openai/deployments/{PathSegment.OfDeployment(deployment)}/{operation}?api-version={Connection.ApiVersion}",
            ConnectionKind.ApiManagement => $"deployments/{PathSegment.OfDeployment(deployment)}/{operation}?api-version={Connection.ApiVersion}",
            _ => operation,
        };
        return new Uri(Connection.Endpoint, path);
    }

    private void Check()
    {
        Uri endpoint = Connection.Endpoint;
        bool loopback = Loopback.Is(endpoint);
        if (endpoint.Scheme != Uri.UriSchemeHttps && !(loopback && endpoint.Scheme == Uri.UriSchemeHttp))
            throw Failure.Of(nameof(Messages.EndpointInsecure), ErrorKind.InvalidInput, EndpointParser.Show(endpoint));
        if (!endpoint.AbsolutePath.EndsWith('/') || endpoint.Query.Length > 0 || endpoint.UserInfo.Length > 0)
            throw Failure.Of(nameof(Messages.EndpointInvalid), ErrorKind.InvalidInput, EndpointParser.Show(endpoint), "it is no base with a trailing slash");
        if (IsDated && string.IsNullOrWhiteSpace(Connection.ApiVersion))
            throw Failure.Of(nameof(Messages.ApiVersionMissing), ErrorKind.InvalidInput, endpoint.Host);
        if (IsDated && !ApiVersions.IsDated(ApiVersions.Normalise(Connection.ApiVersion)))
            throw Failure.Of(nameof(Messages.ApiVersionInvalid), ErrorKind.InvalidInput, Connection.ApiVersion);
        ConnectionHeaders.Check(Connection.Headers);

        switch (Connection.Authentication)
        {
            case AuthenticationKind.ApiKey when Connection.Key is null:
                throw Failure.Of(nameof(Messages.KeyMissing), ErrorKind.Authentication, endpoint.Host);
            case AuthenticationKind.EntraId when Tokens is null:
                throw Failure.Of(nameof(Messages.ContextMissing), ErrorKind.Authentication, endpoint.Host);
            case AuthenticationKind.EntraId when loopback && Tokens.Source != CredentialSource.Emulator:
                throw Failure.Of(nameof(Messages.EntraTokenWithheld), ErrorKind.InvalidInput, endpoint.Host);
        }
    }
}

using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Connections;

/// <summary>
/// Turns the endpoint formats of the portal, the documentation and scripts into a <see cref="Connection"/>: bare host, with
/// <c>/openai</c> or <c>/openai/v1</c>, or the full target URI with deployment and API version.
/// </summary>
public static class EndpointParser
{
    /// <summary>The latest dated GA version; used if a dated route is needed and no version is specified.</summary>
    public const string DefaultDatedVersion = "2024-10-21";

    /// <summary>Parses an endpoint. The result doesn't have a credential yet; <see cref="Connection.Authentication"/> is at its default.</summary>
    /// <param name="endpoint">The endpoint in any format.</param>
    /// <param name="apiVersion">Dated API version, or <c>v1</c>; overrides the endpoint's own. Null for the endpoint's own, or else v1.</param>
    /// <param name="deployment">Default deployment; overrides the endpoint's own.</param>
    /// <param name="kind">The dialect, if it can't be determined from host and path.</param>
    /// <exception cref="AzOpenAIException">EndpointInvalid, EndpointInsecure, ApiVersionInvalid.</exception>
    public static Connection Parse(string endpoint, string? apiVersion = null, string? deployment = null, ConnectionKind? kind = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Uri uri = ToUri(endpoint);
        EndpointPath path = EndpointPath.Parse(uri.AbsolutePath);
        string? own = path.IsModelInference ? null : RequestPath.QueryValue(uri.Query, "api-version");
        string? version = ApiVersions.Normalise(apiVersion) ?? ApiVersions.Normalise(own);
        deployment = string.IsNullOrWhiteSpace(deployment) ? path.Deployment : deployment.Trim();

        HostKind host = EndpointHosts.Classify(uri);
        Connection connection = host switch
        {
            _ when kind is not null => As(kind.Value, uri, path, version, host),
            HostKind.Azure => Azure(new Uri(uri, "/"), path, version, apiVersion is not null),
            HostKind.OpenAI => new Connection { Endpoint = WithPath(uri, path.Base.Length > 1 ? path.Base : "/v1/"), Kind = ConnectionKind.OpenAI },
            HostKind.ApiManagement when path.Route == EndpointRoute.V1 && ApiVersions.IsDated(apiVersion) != true =>
                new Connection { Endpoint = WithPath(uri, path.Base), Kind = ConnectionKind.AzureV1 },
            HostKind.ApiManagement => Gateway(uri, path, version),
            _ => Elsewhere(uri, path, version, apiVersion is not null),
        };
        return connection with { Deployment = deployment };
    }

    /// <summary>Returns the connection with another API version: a date for dated routes, <c>v1</c> for the v1 API.</summary>
    /// <exception cref="AzOpenAIException">ApiVersionInvalid; ApiVersionNotSupported for OpenAI's own API, which doesn't have versions.</exception>
    public static Connection WithApiVersion(Connection connection, string apiVersion)
    {
        ArgumentNullException.ThrowIfNull(connection);
        string version = ApiVersions.Normalise(apiVersion) ?? throw Failure.Of(nameof(Messages.ApiVersionInvalid), ErrorKind.InvalidInput, ShownText.Name(apiVersion));
        if (connection.Kind == ConnectionKind.OpenAI)
            throw Failure.Of(nameof(Messages.ApiVersionNotSupported), ErrorKind.InvalidInput, connection.Endpoint);
        if (ApiVersions.IsDated(version))
            return connection with { ApiVersion = version, Kind = connection.Kind == ConnectionKind.AzureV1 ? ConnectionKind.AzureDated : connection.Kind };

        // A gateway's base URL includes the "openai" that the v1 route adds itself.
        string path = connection.Endpoint.AbsolutePath;
        if (connection.Kind == ConnectionKind.ApiManagement && path.EndsWith("/openai/", StringComparison.OrdinalIgnoreCase))
            path = path[..^"openai/".Length];
        return connection with { Endpoint = WithPath(connection.Endpoint, path), Kind = ConnectionKind.AzureV1, ApiVersion = null };
    }

    /// <summary>True if the endpoint itself specifies the v1 API.</summary>
    internal static bool SaysV1(string endpoint) => EndpointPath.Parse(ToUri(endpoint).AbsolutePath).Route is EndpointRoute.V1 or EndpointRoute.OpenAIV1;

    private static Connection Azure(Uri root, EndpointPath path, string? version, bool asked)
    {
        // A dated version requested by the caller overrides a v1 path; one in the query of a v1 path isn't supported by v1.
        bool dated = ApiVersions.IsDated(version) && (asked || path.Route != EndpointRoute.V1);
        if (!dated && path.Route == EndpointRoute.Deployments && version is null)
            return new Connection { Endpoint = root, Kind = ConnectionKind.AzureDated, ApiVersion = DefaultDatedVersion };
        return dated
            ? new Connection { Endpoint = root, Kind = ConnectionKind.AzureDated, ApiVersion = version }
            : new Connection { Endpoint = root, Kind = ConnectionKind.AzureV1 };
    }

    private static Connection As(ConnectionKind kind, Uri uri, EndpointPath path, string? version, HostKind host)
    {
        var root = new Uri(uri, host == HostKind.Azure ? "/" : path.Base);
        string? dated = ApiVersions.IsDated(version) ? version : DefaultDatedVersion;
        return kind switch
        {
            ConnectionKind.AzureV1 => new Connection { Endpoint = root, Kind = kind },
            ConnectionKind.AzureDated => new Connection { Endpoint = root, Kind = kind, ApiVersion = dated },
            ConnectionKind.ApiManagement => Gateway(uri, path, version),
            _ when path.HasOpenAI => new Connection { Endpoint = WithPath(uri, path.Base + "openai/v1/"), Kind = kind },
            _ => new Connection { Endpoint = WithPath(uri, path.Base.Length > 1 ? path.Base : "/v1/"), Kind = kind },
        };
    }

    // The gateway's base path is up to the publisher, so everything before the deployments route belongs to it, "openai" or not.
    private static Connection Gateway(Uri uri, EndpointPath path, string? version) => new()
    {
        Endpoint = WithPath(uri, path.HasOpenAI ? path.Base + "openai/" : path.Base),
        Kind = ConnectionKind.ApiManagement,
        ApiVersion = ApiVersions.IsDated(version) ? version : DefaultDatedVersion,
    };

    private static Connection Elsewhere(Uri uri, EndpointPath path, string? version, bool asked)
    {
        if (path.Route == EndpointRoute.OpenAIV1)
            return new Connection { Endpoint = WithPath(uri, path.Base), Kind = ConnectionKind.OpenAI };
        // The emulator gives every resource its own base path on loopback.
        if (Loopback.Is(uri))
            return Azure(new Uri(uri, path.Base), path, version, asked);
        if (path.HasOpenAI && path.Route != EndpointRoute.Deployments && !ApiVersions.IsDated(version))
            return new Connection { Endpoint = WithPath(uri, path.Base), Kind = ConnectionKind.AzureV1 };
        if (path.Route == EndpointRoute.Deployments || ApiVersions.IsDated(version))
            return Gateway(uri, path, version);
        // A relay's bare host means its usual base URL; any other path is used unchanged.
        return new Connection { Endpoint = WithPath(uri, path.Base.Length > 1 ? path.Base : "/v1/"), Kind = ConnectionKind.OpenAI };
    }

    private static Uri WithPath(Uri uri, string path) => new(uri, path);

    private static Uri ToUri(string endpoint)
    {
        string text = endpoint.Trim().Trim('"', '\'', '`', '<', '>').Trim();
        if (text.Length == 0)
            throw Invalid("(empty)", "it's empty");
        if (text.AsSpan().IndexOfAny("<>{}") >= 0 || text.Contains("YOUR", StringComparison.Ordinal))
            throw Invalid(Shown(text), "it contains a placeholder");
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            ReadOnlySpan<char> host = text.AsSpan();
            host = host.IndexOf('/') is >= 0 and int slash ? host[..slash] : host;
            if (host.IndexOf('.') < 0 && !host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) && host.IndexOf('[') != 0)
                throw NoHost(text);
            string bare = host.IndexOf(':') is >= 0 and int colon && host[0] != '[' ? host[..colon].ToString() : host.ToString();
            text = (Loopback.Is(bare.Split(']')[0]) ? "http://" : "https://") + text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw Invalid(ShownText.Hidden, "it isn't a URL");
        if (uri.UserInfo.Length > 0)
            throw Invalid(ShownText.Address(uri), "it contains a user name or password");
        if (uri.Scheme == Uri.UriSchemeHttp && !Loopback.Is(uri))
            throw Failure.Of(nameof(Messages.EndpointInsecure), ErrorKind.InvalidInput, ShownText.Address(uri));
        if (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            throw Invalid(ShownText.Address(uri), $"its scheme is '{uri.Scheme}', not https");
        if (EndpointHosts.WhyNoEndpoint(uri) is { } reason)
            throw Invalid(ShownText.Address(uri), reason);
        return uri;
    }

    private static AzOpenAIException NoHost(string text) => Invalid(Shown(text), ShownText.MayBeSecret(text) ? "it doesn't have a host name and looks like a key" : "it doesn't have a host name");

    private static string Shown(string text) =>
        text.Contains("://", StringComparison.Ordinal) ? ShownText.Path(text) : text.Contains('@', StringComparison.Ordinal) ? ShownText.Hidden : ShownText.Name(text);

    private static AzOpenAIException Invalid(string shown, string reason) =>
        Failure.Of(nameof(Messages.EndpointInvalid), ErrorKind.InvalidInput, shown, reason);
}

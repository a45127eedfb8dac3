using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Connections;

/// <summary>Creates and changes connections. A key is never reused for another host.</summary>
public static class ConnectionBuilder
{
    /// <summary>The subscription key header of Azure API Management.</summary>
    public static string SubscriptionKeyHeader => ConnectionHeaders.SubscriptionKey;

    /// <summary>Creates a connection. Without any credential: Entra ID on hosts of Azure, none on OpenAI and relays; other hosts need one.</summary>
    /// <exception cref="AzOpenAIException">
    /// EndpointInvalid, EndpointInsecure, ApiVersionInvalid, ApiVersionNotSupported, HeaderInvalid, ConnectionCredentialAmbiguous, EntraTokenHostForeign,
    /// EntraTokenNotSupported.
    /// </exception>
    public static Connection Create(ConnectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Endpoint);
        Check(request);
        Connection connection = Locate(request);
        connection = WithHeaders(connection, request) with { Scope = request.Scope };
        connection = Prove(connection, request) ?? connection with
        {
            Authentication = connection.Headers.Count > 0 || connection.Kind == ConnectionKind.OpenAI ? AuthenticationKind.Header : AuthenticationKind.EntraId,
        };
        TokenHosts.CheckNew(connection);
        return connection;
    }

    /// <summary>Returns the connection with the requested changes.</summary>
    /// <exception cref="AzOpenAIException">As <see cref="Create"/>; ConnectionCredentialMissing: another host without a credential for it.</exception>
    public static Connection Change(Connection connection, ConnectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        Connection changed = connection;
        if (request.Endpoint is not null || request.Kind is not null)
        {
            Connection located = Locate(request.Endpoint is null ? request with { Endpoint = connection.Endpoint.ToString() } : request);
            bool moved = !located.Endpoint.GetLeftPart(UriPartial.Authority).Equals(connection.Endpoint.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
            bool secret = connection.Key is not null || connection.KeyReference is not null || connection.Headers.Values.Any(static value => value is not string);
            if (moved && secret && !request.HasCredential)
                throw Failure.Of(nameof(Messages.ConnectionCredentialMissing), ErrorKind.InvalidInput, connection.Endpoint.Host, located.Endpoint.Host);
            changed = changed with
            {
                Endpoint = located.Endpoint,
                Kind = located.Kind,
                ApiVersion = located.ApiVersion,
                Deployment = located.Deployment ?? changed.Deployment,
                TrustedHost = moved ? null : changed.TrustedHost,
                ResourceId = moved ? null : changed.ResourceId,
                Key = moved ? null : changed.Key,
                KeyReference = moved ? null : changed.KeyReference,
                Headers = moved ? changed.Headers.Where(static header => header.Value is string).ToDictionary(StringComparer.OrdinalIgnoreCase) : changed.Headers,
            };
        }
        else if (request.ApiVersion is not null)
        {
            changed = EndpointParser.WithApiVersion(changed, request.ApiVersion);
        }

        changed = changed with { Deployment = request.Deployment ?? changed.Deployment, Scope = request.Scope ?? changed.Scope };
        changed = WithHeaders(changed, request);
        changed = Prove(changed, request) ?? changed;
        TokenHosts.CheckNew(changed);
        return changed;
    }

    private static void Check(ConnectionRequest request)
    {
        bool twice = request.Key is not null && request.KeyReference is not null;
        if (twice || (request.HasKey && request.UseEntraId && request.KeyHeader is null))
            throw Failure.Of(nameof(Messages.ConnectionCredentialAmbiguous), ErrorKind.InvalidInput);
        if (request.KeyHeader is not null)
            HeaderRules.CheckName(request.KeyHeader);
    }

    private static Connection Locate(ConnectionRequest request)
    {
        Connection connection = EndpointParser.Parse(request.Endpoint!, request.ApiVersion, request.Deployment, request.Kind);
        // A gateway can have any path and name; its subscription key header identifies it.
        return request.Kind is null && connection.Kind == ConnectionKind.OpenAI && !EndpointParser.SaysV1(request.Endpoint!)
            && ConnectionHeaders.SubscriptionKey.Equals(request.KeyHeader, StringComparison.OrdinalIgnoreCase)
            ? EndpointParser.Parse(request.Endpoint!, request.ApiVersion, request.Deployment, ConnectionKind.ApiManagement)
            : connection;
    }

    private static Connection WithHeaders(Connection connection, ConnectionRequest request) =>
        request.Headers is null ? connection : connection with { Headers = ConnectionHeaders.Protect(request.Headers) };

    private static Connection? Prove(Connection connection, ConnectionRequest request)
    {
        if (!request.HasCredential)
            return null;
        if (request.KeyHeader is null || !request.HasKey)
        {
            return connection with
            {
                Key = request.Key,
                KeyReference = request.KeyReference,
                Authentication = request.HasKey ? AuthenticationKind.ApiKey : AuthenticationKind.EntraId,
                TrustedHost = Trusted(connection, request),
            };
        }

        Dictionary<string, object> headers = new(connection.Headers, StringComparer.OrdinalIgnoreCase)
        {
            [request.KeyHeader] = (object?)request.Key ?? request.KeyReference!,
        };
        return connection with
        {
            Key = null,
            KeyReference = null,
            Headers = headers,
            Authentication = request.UseEntraId ? AuthenticationKind.EntraId : AuthenticationKind.Header,
            TrustedHost = Trusted(connection, request),
        };
    }

    // Requesting Entra ID allows this host, and no other.
    private static string? Trusted(Connection connection, ConnectionRequest request) => request.UseEntraId ? TokenHosts.Name(connection.Endpoint) : null;
}

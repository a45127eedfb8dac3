using System.Security;
using AzOpenAI.Core.Connections;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Sessions;

namespace AzOpenAI.Sessions;

/// <summary>
/// Determines the connection of a data-plane call. Sources aren't mixed; their order is: a specified or piped connection, -Endpoint with -Key, the session's
/// default, the environment. Endpoint and key always have the same source.
/// </summary>
internal static class ConnectionResolver
{
    // A loop passes the same -Endpoint to every call; parsing it again would take most of the time before sending.
    private static volatile ParsedEndpoint? _lastParsed;

    /// <summary>The connection.</summary>
    /// <exception cref="AzOpenAIException">ConnectionMissing, KeyWithoutEndpoint, EndpointInvalid and so on.</exception>
    public static Connection Resolve(Session session, IConnectionSource? given, string? endpoint, SecureString? key, bool useEntraId, string? apiVersion)
    {
        if (useEntraId && key is not null)
            throw Failure.Of(nameof(Messages.ConnectionCredentialAmbiguous), ErrorKind.InvalidInput);
        Connection connection = Find(session, given, endpoint, key);
        if (useEntraId)
            connection = ConnectionBuilder.Change(connection, new ConnectionRequest { UseEntraId = true });
        return apiVersion is null ? connection : EndpointParser.WithApiVersion(connection, apiVersion);
    }

    /// <summary>The connection for a call that doesn't specify one; or null.</summary>
    public static Connection? Current(Session session) => session.DefaultConnection ?? EnvironmentConnections.Read(Environment.GetEnvironmentVariable);

    private static Connection Find(Session session, IConnectionSource? given, string? endpoint, SecureString? key)
    {
        if (given is not null)
            return given.Connection;
        if (endpoint is not null)
            return WithKey(Parse(endpoint), key);
        if (key is not null)
            throw Failure.Of(nameof(Messages.KeyWithoutEndpoint), ErrorKind.InvalidInput);
        return Current(session) ?? throw Failure.Of(nameof(Messages.ConnectionMissing), ErrorKind.InvalidInput);
    }

    private static Connection Parse(string endpoint)
    {
        if (_lastParsed is { } last && last.Text == endpoint)
            return last.Connection;
        Connection connection = EndpointParser.Parse(endpoint);
        _lastParsed = new ParsedEndpoint(endpoint, connection);
        return connection;
    }

    // Without a key, a relay or a local server is called without credentials. TokenHosts decides whether another host gets a token.
    private static Connection WithKey(Connection connection, SecureString? key) => key is null
        ? connection with { Authentication = connection.Kind == ConnectionKind.OpenAI ? AuthenticationKind.Header : AuthenticationKind.EntraId }
        : connection with { Authentication = AuthenticationKind.ApiKey, Key = key };

    private sealed record ParsedEndpoint(string Text, Connection Connection);
}

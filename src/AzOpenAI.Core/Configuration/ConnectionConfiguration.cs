using AzOpenAI.Core.Connections;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Configuration;

/// <summary>
/// The settings of a connection under the names that programs expect: those of the OpenAI SDKs, which the module itself reads from the environment
/// too. Never both AZURE_* and OPENAI_BASE_URL: clients that find both fail.
/// </summary>
public sealed class ConnectionConfiguration
{
    private ConnectionConfiguration(Connection connection, string? key, bool keyIsOmitted)
    {
        Title = Printable(connection.Name ?? connection.Endpoint.Host);
        Key = key;
        KeyIsOmitted = keyIsOmitted;
        Deployment = connection.Deployment;
    }

    /// <summary>A title for the settings, on one line, for a comment.</summary>
    public string Title { get; }

    /// <summary>Base URL for clients that add the route, without a trailing slash; the full base URL of the API if <see cref="ApiVersion"/> is null.</summary>
    public string Endpoint { get; private init; } = "";

    /// <summary>Dated API version; null for the v1 API and for OpenAI's own.</summary>
    public string? ApiVersion { get; private init; }

    /// <summary>Deployment (Azure) or model (OpenAI), or null.</summary>
    public string? Deployment { get; }

    /// <summary>Name of the variable for the key.</summary>
    public string KeyVariable { get; private init; } = "";

    /// <summary>True if a key is needed and not included: it is expected in <see cref="KeyVariable"/>. False if there is no key: Entra ID.</summary>
    public bool KeyIsOmitted { get; }

    /// <summary>The variables in order.</summary>
    public IReadOnlyList<ConfigurationEntry> Entries { get; private init; } = [];

    /// <summary>The key in plain text, only if it was requested.</summary>
    internal string? Key { get; }

    /// <summary>Creates the settings of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="includeKey">True to include the key in plain text.</param>
    /// <param name="apiVersion">A dated version, or <c>v1</c>; null for the connection's own, or else the latest GA version.</param>
    /// <exception cref="AzOpenAIException">KeyNotInConnection, ApiVersionInvalid, ApiVersionNotSupported, ConfigurationValueInvalid.</exception>
    public static ConnectionConfiguration From(Connection connection, bool includeKey, string? apiVersion = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (apiVersion is not null)
            connection = EndpointParser.WithApiVersion(connection, apiVersion);
        else if (connection.Kind == ConnectionKind.AzureV1)
            connection = EndpointParser.WithApiVersion(connection, EndpointParser.DefaultDatedVersion);

        bool hasKey = connection.Authentication == AuthenticationKind.ApiKey;
        if (includeKey && (!hasKey || connection.Key is null))
            throw Failure.Of(nameof(Messages.KeyNotInConnection), ErrorKind.InvalidInput, connection.Endpoint.Host);
        string? key = includeKey ? SecureText.Reveal(connection.Key!).Trim() : null;
        return connection.Kind is ConnectionKind.AzureDated or ConnectionKind.ApiManagement
            ? Dated(connection, key, hasKey)
            : WithBaseUrl(connection, key, hasKey);
    }

    private static ConnectionConfiguration Dated(Connection connection, string? key, bool hasKey)
    {
        string endpoint = connection.Endpoint.AbsoluteUri.TrimEnd('/');
        // The SDKs add the "openai" that a gateway's base URL ends with.
        if (connection.Kind == ConnectionKind.ApiManagement && endpoint.EndsWith("/openai", StringComparison.OrdinalIgnoreCase))
            endpoint = endpoint[..^"/openai".Length];
        return new ConnectionConfiguration(connection, key, hasKey && key is null)
        {
            Endpoint = endpoint,
            ApiVersion = connection.ApiVersion,
            KeyVariable = "AZURE_OPENAI_API_KEY",
            Entries = Checked(
            [
                new ConfigurationEntry("AZURE_OPENAI_ENDPOINT", endpoint),
                .. KeyEntry("AZURE_OPENAI_API_KEY", key, hasKey),
                new ConfigurationEntry("OPENAI_API_VERSION", connection.ApiVersion),
                .. connection.Deployment is string name ? [new ConfigurationEntry("AZURE_OPENAI_DEPLOYMENT", name)] : Array.Empty<ConfigurationEntry>(),
            ]),
        };
    }

    private static ConnectionConfiguration WithBaseUrl(Connection connection, string? key, bool hasKey)
    {
        bool azure = connection.Kind == ConnectionKind.AzureV1;
        string endpoint = azure ? new Uri(connection.Endpoint, "openai/v1/").AbsoluteUri : connection.Endpoint.AbsoluteUri;
        return new ConnectionConfiguration(connection, key, hasKey && key is null)
        {
            Endpoint = endpoint,
            KeyVariable = "OPENAI_API_KEY",
            Entries = Checked(
            [
                new ConfigurationEntry("OPENAI_BASE_URL", endpoint),
                .. KeyEntry("OPENAI_API_KEY", key, hasKey),
                .. connection.Deployment is string name
                    ? [new ConfigurationEntry(azure ? "AZURE_OPENAI_DEPLOYMENT" : "OPENAI_MODEL", name)]
                    : Array.Empty<ConfigurationEntry>(),
            ]),
        };
    }

    private static IEnumerable<ConfigurationEntry> KeyEntry(string name, string? key, bool hasKey) =>
        hasKey ? [new ConfigurationEntry(name, key, IsSecret: true)] : [];

    private static ConfigurationEntry[] Checked(ConfigurationEntry[] entries) =>
        Array.Find(entries, entry => entry.Value?.Contains('\0', StringComparison.Ordinal) == true) is { Name: string name }
            ? throw Failure.Of(nameof(Messages.ConfigurationValueInvalid), ErrorKind.InvalidInput, name)
            : entries;

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}

using System.Security;
using AzOpenAI.Core.Connections;

namespace AzOpenAI.Core.Sessions;

/// <summary>
/// The connection from environment variables of the Python SDK and of common relays. Sources aren't mixed: an endpoint of
/// <c>AZURE_*</c> never gets a key of <c>OPENAI_*</c>, or vice versa.
/// </summary>
public static class EnvironmentConnections
{
    /// <summary>
    /// Reads <c>AZURE_OPENAI_ENDPOINT</c> with <c>AZURE_OPENAI_API_KEY</c> or <c>AZURE_OPENAI_KEY</c> (none: Entra ID), <c>OPENAI_API_VERSION</c> and
    /// <c>AZURE_OPENAI_DEPLOYMENT</c>; else <c>OPENAI_BASE_URL</c> or <c>OPENAI_API_BASE</c> (none: api.openai.com) with <c>OPENAI_API_KEY</c>,
    /// and with <c>OPENAI_API_VERSION</c> if the base URL is Azure's.
    /// </summary>
    /// <param name="variable">Reads a variable, null if it is absent.</param>
    /// <returns>The connection, or null if the variables don't define one.</returns>
    /// <exception cref="AzOpenAIException">EndpointInvalid or EndpointInsecure: a variable has an invalid value.</exception>
    public static Connection? Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? Value(params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                if (variable(name) is { } value && !string.IsNullOrWhiteSpace(value))
                    return value.Trim();
            }

            return null;
        }

        if (Value("AZURE_OPENAI_ENDPOINT") is { } azure)
        {
            // The version is for dated routes: an endpoint that specifies v1 itself takes precedence.
            string? version = EndpointParser.SaysV1(azure) ? null : Value("OPENAI_API_VERSION");
            Connection connection = EndpointParser.Parse(azure, version, Value("AZURE_OPENAI_DEPLOYMENT"));
            return Prove(connection, Value("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY"), AuthenticationKind.EntraId) with { Name = "AZURE_OPENAI_ENDPOINT" };
        }

        string? key = Value("OPENAI_API_KEY");
        if (Value("OPENAI_BASE_URL", "OPENAI_API_BASE") is { } other)
        {
            // Scripts for the first OpenAI packages have an Azure resource in these variables, with its version.
            Connection connection = EndpointParser.Parse(other);
            if (connection.Kind != ConnectionKind.OpenAI && !EndpointParser.SaysV1(other) && Value("OPENAI_API_VERSION") is { } dated)
                connection = EndpointParser.WithApiVersion(connection, dated);
            return Prove(connection, key, AuthenticationKind.Header) with { Name = Value("OPENAI_BASE_URL") is null ? "OPENAI_API_BASE" : "OPENAI_BASE_URL" };
        }

        return key is null ? null : Prove(EndpointParser.Parse("https://api.openai.com/v1/"), key, AuthenticationKind.Header) with { Name = "OPENAI_API_KEY" };
    }

    private static Connection Prove(Connection connection, string? key, AuthenticationKind withoutKey)
    {
        if (key is null)
            return connection with { Authentication = withoutKey };
        SecureString secret = new();
        foreach (char character in key)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return connection with { Authentication = AuthenticationKind.ApiKey, Key = secret };
    }
}

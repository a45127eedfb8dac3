using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.CodeSamples;

/// <summary>The endpoint and authentication of a sample: URLs, and names of environment variables for all secrets.</summary>
internal sealed class CodeTarget(CodeSampleRequest request)
{
    private const string FirstVersionWithCompletionTokens = "2024-09-01";

    private Connection Connection => request.Connection;

    /// <summary>True if the deployment is in the path, which the packages handle in their Azure clients.</summary>
    public bool IsDated => Connection.Kind is ConnectionKind.AzureDated or ConnectionKind.ApiManagement;

    /// <summary>True for an API version older than max_completion_tokens and the usage of streams.</summary>
    public bool IsOld => Connection.ApiVersion is { } version && string.CompareOrdinal(version, FirstVersionWithCompletionTokens) < 0;

    /// <summary>The API version of a dated connection.</summary>
    public string ApiVersion => Connection.ApiVersion ?? "";

    /// <summary>The base URL of the operations: with the deployment for a dated connection.</summary>
    public string Base => (Connection.Kind switch
    {
        ConnectionKind.AzureV1 => new Uri(Connection.Endpoint, "openai/v1/"),
        ConnectionKind.AzureDated => new Uri(Connection.Endpoint, $"openai/deployments/{RequestPath.Segment(request.Deployment)}/"),
        ConnectionKind.ApiManagement => new Uri(Connection.Endpoint, $"deployments/{RequestPath.Segment(request.Deployment)}/"),
        _ => Connection.Endpoint,
    }).AbsoluteUri;

    /// <summary>The resource's endpoint, to which the packages add their path; null if that path isn't right.</summary>
    public string? AzureEndpoint => Connection.Kind switch
    {
        ConnectionKind.AzureDated => Connection.Endpoint.AbsoluteUri,
        ConnectionKind.ApiManagement when Connection.Endpoint.AbsoluteUri.EndsWith("/openai/", StringComparison.OrdinalIgnoreCase) =>
            Connection.Endpoint.AbsoluteUri[..^"openai/".Length],
        _ => null,
    };

    /// <summary>How it authenticates.</summary>
    public AuthenticationKind Authentication => Connection.Authentication;

    /// <summary>True if the key is sent as a bearer token.</summary>
    public bool IsBearerKey => Connection.Kind == ConnectionKind.OpenAI;

    /// <summary>The environment variable with the key.</summary>
    public string KeyVariable => Connection.KeyReference is { Store: SecretStore.Environment } reference ? Identifier(reference.Name)
        : Connection.Kind == ConnectionKind.OpenAI ? "OPENAI_API_KEY" : "AZURE_OPENAI_API_KEY";

    /// <summary>Additional headers.</summary>
    public IReadOnlyList<CodeHeader> Headers { get; } =
        [.. request.Connection.Headers.Select(static header => new CodeHeader(header.Key, header.Value as string, header.Value is string ? null : Variable(header.Key, header.Value)))];

    /// <summary>The full URL of an operation.</summary>
    public string Address(string operation) => Base + operation + (IsDated ? $"?api-version={ApiVersion}" : "");

    private static string Variable(string header, object value) => Identifier(value is SecretReference { Store: SecretStore.Environment } reference ? reference.Name : header.ToUpperInvariant());

    // It is used in code, where anything but a name could be interpreted as code.
    private static string Identifier(string name)
    {
        string text = string.Concat(name.Select(static character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text;
    }
}

using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.CodeSamples;

/// <summary>Where a sample calls and how it proves itself: addresses, and names of environment variables in the place of every secret.</summary>
internal sealed class CodeTarget(CodeSampleRequest request)
{
    private const string FirstVersionWithCompletionTokens = "2024-09-01";

    private Connection Connection => request.Connection;

    /// <summary>True where the deployment stands in the path, which the packages know as Azure's own dialect.</summary>
    public bool IsDated => Connection.Kind is ConnectionKind.AzureDated or ConnectionKind.ApiManagement;

    /// <summary>True for an api-version that is older than max_completion_tokens and the usage of streams.</summary>
    public bool IsOld => Connection.ApiVersion is { } version && string.CompareOrdinal(version, FirstVersionWithCompletionTokens) < 0;

    /// <summary>The api-version of a dated connection.</summary>
    public string ApiVersion => Connection.ApiVersion ?? "";

    /// <summary>The base below which the operations lie: with the deployment for a dated connection.</summary>
    public string Base => (Connection.Kind switch
    {
        ConnectionKind.AzureV1 => new Uri(Connection.Endpoint, "openai/v1/"),
        ConnectionKind.AzureDated => new Uri(Connection.Endpoint, $"openai/deployments/{RequestPath.Segment(request.Deployment)}/"),
        ConnectionKind.ApiManagement => new Uri(Connection.Endpoint, $"deployments/{RequestPath.Segment(request.Deployment)}/"),
        _ => Connection.Endpoint,
    }).AbsoluteUri;

    /// <summary>The resource's endpoint, to which the packages add the rest; null where their rest would not fit.</summary>
    public string? AzureEndpoint => Connection.Kind switch
    {
        ConnectionKind.AzureDated => Connection.Endpoint.AbsoluteUri,
        ConnectionKind.ApiManagement when Connection.Endpoint.AbsoluteUri.EndsWith("/openai/", StringComparison.OrdinalIgnoreCase) =>
            Connection.Endpoint.AbsoluteUri[..^"openai/".Length],
        _ => null,
    };

    /// <summary>How it proves itself.</summary>
    public AuthenticationKind Authentication => Connection.Authentication;

    /// <summary>True where the key goes as a bearer token.</summary>
    public bool IsBearerKey => Connection.Kind == ConnectionKind.OpenAI;

    /// <summary>The environment variable that holds the key.</summary>
    public string KeyVariable => Connection.KeyReference is { Store: SecretStore.Environment } reference ? Identifier(reference.Name)
        : Connection.Kind == ConnectionKind.OpenAI ? "OPENAI_API_KEY" : "AZURE_OPENAI_API_KEY";

    /// <summary>More headers.</summary>
    public IReadOnlyList<CodeHeader> Headers { get; } =
        [.. request.Connection.Headers.Select(static header => new CodeHeader(header.Key, header.Value as string, header.Value is string ? null : Variable(header.Key, header.Value)))];

    /// <summary>The full address of an operation.</summary>
    public string Address(string operation) => Base + operation + (IsDated ? $"?api-version={ApiVersion}" : "");

    private static string Variable(string header, object value) => Identifier(value is SecretReference { Store: SecretStore.Environment } reference ? reference.Name : header.ToUpperInvariant());

    // It stands in code, where anything else than a name could be read as code.
    private static string Identifier(string name)
    {
        string text = string.Concat(name.Select(static character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text;
    }
}

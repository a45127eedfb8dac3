namespace AzOpenAI;

/// <summary>A response of the service with its status and headers.</summary>
public sealed record ServiceResponse
{
    /// <summary>HTTP status.</summary>
    public int StatusCode { get; init; }

    /// <summary>The body: JSON objects, text, or bytes; null if there was none or it was written to a file.</summary>
    public object? Content { get; init; }

    /// <summary>The headers, by case-insensitive name; several with the same name are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init => field = ShownDictionary<string>.Of(value); } = new ShownDictionary<string>();

    /// <summary>The request ID that the service assigned.</summary>
    public string? RequestId { get; init; }

    /// <summary>The URL of the request, without its query.</summary>
    public Uri? Address { get; init => field = ServiceUri.Of(value); }

    /// <inheritdoc/>
    public override string ToString() => $"HTTP {StatusCode}";
}

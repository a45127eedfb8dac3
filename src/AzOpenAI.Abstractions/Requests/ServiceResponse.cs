namespace AzOpenAI;

/// <summary>An answer of the service with its status and headers.</summary>
public sealed record ServiceResponse
{
    /// <summary>HTTP status.</summary>
    public int StatusCode { get; init; }

    /// <summary>The body: objects of JSON, text, or bytes; null where there was none or it went into a file.</summary>
    public object? Content { get; init; }

    /// <summary>The headers, by name in any case; several of one name are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init => field = ShownDictionary<string>.Of(value); } = new ShownDictionary<string>();

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where the request went, without its query.</summary>
    public Uri? Address { get; init => field = ServiceUri.Of(value); }

    /// <inheritdoc/>
    public override string ToString() => $"HTTP {StatusCode}";
}

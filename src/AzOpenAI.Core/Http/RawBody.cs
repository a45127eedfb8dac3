namespace AzOpenAI.Core.Http;

/// <summary>The body of a request: bytes or a form.</summary>
public sealed record RawBody
{
    /// <summary>The bytes; not used with a form.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Fields of a multipart form.</summary>
    public IReadOnlyList<RawFormField>? Form { get; init; }

    /// <summary>Media type; not used with a form, which defines its own.</summary>
    public string ContentType { get; init; } = "application/json";
}

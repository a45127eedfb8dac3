namespace AzOpenAI.Core.Http;

/// <summary>The body of a request: bytes or a form.</summary>
public sealed record RawBody
{
    /// <summary>The bytes; not used where there is a form.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Fields of a form of several parts.</summary>
    public IReadOnlyList<RawFormField>? Form { get; init; }

    /// <summary>Media type; a form brings its own.</summary>
    public string ContentType { get; init; } = "application/json";
}

namespace AzOpenAI;

/// <summary>A part of a message in addition to its text. Created with the methods here; which kinds are supported depends on the model.</summary>
public sealed record ChatContentPart
{
    private ChatContentPart(string type) => Type = type;

    /// <summary>text, image_url, file, or another type that was specified as JSON.</summary>
    public string Type { get; }

    /// <summary>Text of a text part.</summary>
    public string? Text { get; private init; }

    /// <summary>URL of an image; null if <see cref="Data"/> contains it.</summary>
    public string? Url { get; private init; }

    /// <summary>Bytes of an image or file; empty if it is specified by URL or ID.</summary>
    public ReadOnlyMemory<byte> Data { get; private init; }

    /// <summary>Media type of <see cref="Data"/>, such as image/png.</summary>
    public string? MediaType { get; private init; }

    /// <summary>Level of detail of an image: auto, low or high; null for the service's default.</summary>
    public string? Detail { get; private init; }

    /// <summary>Name of a file.</summary>
    public string? FileName { get; private init; }

    /// <summary>ID of an uploaded file.</summary>
    public string? FileId { get; private init; }

    /// <summary>The part as JSON, if it was specified as such.</summary>
    public string? Json { get; private init; }

    /// <summary>Creates a text part.</summary>
    public static ChatContentPart FromText(string text) => new("text") { Text = text };

    /// <summary>Creates an image from a URL that the service reads (https), or a data: URL.</summary>
    public static ChatContentPart FromImageUrl(string url, string? detail = null) => new("image_url") { Url = url, Detail = detail };

    /// <summary>Creates an image from its bytes: PNG, JPEG, GIF or WebP.</summary>
    public static ChatContentPart FromImage(ReadOnlyMemory<byte> data, string mediaType, string? detail = null) =>
        new("image_url") { Data = data, MediaType = mediaType, Detail = detail };

    /// <summary>Creates a file from its bytes, such as a PDF.</summary>
    public static ChatContentPart FromFile(ReadOnlyMemory<byte> data, string fileName, string mediaType) =>
        new("file") { Data = data, FileName = fileName, MediaType = mediaType };

    /// <summary>Creates a reference to an uploaded file.</summary>
    public static ChatContentPart FromFileId(string fileId) => new("file") { FileId = fileId };

    /// <summary>Creates a part of any type in the API's format. It is sent unchanged.</summary>
    /// <param name="type">Its <c>type</c>.</param>
    /// <param name="json">The part, a JSON object.</param>
    public static ChatContentPart FromJson(string type, string json) => new(type) { Json = json };

    /// <inheritdoc/>
    public override string ToString() => Type switch
    {
        "text" => Text ?? "",
        _ when FileName is not null => $"[{FileName}, {Data.Length:N0} bytes]",
        _ when !Data.IsEmpty => $"[{MediaType}, {Data.Length:N0} bytes]",
        _ when Url is not null => Url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? "[image]" : $"[{Url}]",
        _ => $"[{FileId ?? Type}]",
    };
}

namespace AzOpenAI;

/// <summary>A part of a message beside its text. Made by the methods here; the service says which kinds a model takes.</summary>
public sealed record ChatContentPart
{
    private ChatContentPart(string type) => Type = type;

    /// <summary>text, image_url, file, or another kind that was given as JSON.</summary>
    public string Type { get; }

    /// <summary>Text of a text part.</summary>
    public string? Text { get; private init; }

    /// <summary>Address of an image; null where <see cref="Data"/> holds it.</summary>
    public string? Url { get; private init; }

    /// <summary>Bytes of an image or file; empty where it is named by address or id.</summary>
    public ReadOnlyMemory<byte> Data { get; private init; }

    /// <summary>Media type of <see cref="Data"/>, such as image/png.</summary>
    public string? MediaType { get; private init; }

    /// <summary>How closely the model looks at an image: auto, low or high; null leaves it to the service.</summary>
    public string? Detail { get; private init; }

    /// <summary>Name of a file.</summary>
    public string? FileName { get; private init; }

    /// <summary>Id of a file that was uploaded before.</summary>
    public string? FileId { get; private init; }

    /// <summary>The part as JSON, where it was given so.</summary>
    public string? Json { get; private init; }

    /// <summary>A text.</summary>
    public static ChatContentPart FromText(string text) => new("text") { Text = text };

    /// <summary>An image that the service fetches (https), or a data: address.</summary>
    public static ChatContentPart FromImageUrl(string url, string? detail = null) => new("image_url") { Url = url, Detail = detail };

    /// <summary>An image by its bytes: PNG, JPEG, GIF or WebP.</summary>
    public static ChatContentPart FromImage(ReadOnlyMemory<byte> data, string mediaType, string? detail = null) =>
        new("image_url") { Data = data, MediaType = mediaType, Detail = detail };

    /// <summary>A file by its bytes, such as a PDF.</summary>
    public static ChatContentPart FromFile(ReadOnlyMemory<byte> data, string fileName, string mediaType) =>
        new("file") { Data = data, FileName = fileName, MediaType = mediaType };

    /// <summary>A file that was uploaded before.</summary>
    public static ChatContentPart FromFileId(string fileId) => new("file") { FileId = fileId };

    /// <summary>A part of any kind, as the API takes it. It is sent as it is.</summary>
    /// <param name="type">Its <c>type</c>.</param>
    /// <param name="json">The whole part, a JSON object.</param>
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

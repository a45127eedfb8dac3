using System.Text;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Creates message parts from images and files, based on their content and not on their file name.</summary>
public static class ChatAttachments
{
    // The limit that the service's error message states; it isn't documented.
    private const int MaxImageBytes = 20 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> PngMark => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegMark => [0xFF, 0xD8, 0xFF];

    /// <summary>An image: PNG, JPEG, GIF or WebP, up to 20 MiB.</summary>
    /// <param name="data">Its bytes.</param>
    /// <param name="name">Its path, for errors.</param>
    /// <param name="detail">auto, low, high, or null.</param>
    /// <exception cref="AzOpenAIException">ImageInvalid.</exception>
    public static ChatContentPart Image(ReadOnlyMemory<byte> data, string name, string? detail)
    {
        if (data.IsEmpty)
            throw Invalid(name, "it's empty");
        string? type = ImageType(data.Span);
        if (type is null)
            throw Invalid(name, $"it's {OtherType(data.Span)}, not PNG, JPEG, GIF or WebP");
        if (data.Length > MaxImageBytes)
            throw Invalid(name, $"its size of {data.Length / 1048576.0:N1} MiB exceeds the maximum of {MaxImageBytes / 1048576} MiB");
        return ChatContentPart.FromImage(data, type, detail);
    }

    /// <summary>An image by URL: https, http, or a data: URL whose bytes are checked like those of a file.</summary>
    /// <exception cref="AzOpenAIException">ImageInvalid.</exception>
    public static ChatContentPart ImageAddress(string address, string? detail)
    {
        if (!address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return ChatContentPart.FromImageUrl(address, detail);
        int comma = address.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !address.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            throw Invalid("data: URL", "it doesn't contain ';base64,'");
        byte[] data = new byte[(address.Length - comma) * 3 / 4 + 3];
        if (!Convert.TryFromBase64Chars(address.AsSpan(comma + 1), data, out int length))
            throw Invalid("data: URL", "the text after ';base64,' isn't valid base64");
        return Image(data.AsMemory(0, length), "data: address", detail);
    }

    /// <summary>A file: a PDF is sent unchanged, text is sent as a text part with its name above it.</summary>
    /// <exception cref="AzOpenAIException">FileUnsupported: neither PDF nor text.</exception>
    public static ChatContentPart File(ReadOnlyMemory<byte> data, string fileName)
    {
        if (data.Span.StartsWith("%PDF-"u8))
            return ChatContentPart.FromFile(data, fileName, "application/pdf");
        if (data.IsEmpty)
            throw Failure.Of(nameof(Messages.FileUnsupported), ErrorKind.InvalidInput, fileName, "it's empty");
        if (data.Span.Contains((byte)0))
            throw Failure.Of(nameof(Messages.FileUnsupported), ErrorKind.InvalidInput, fileName, $"it's {OtherType(data.Span)}");
        try
        {
            ReadOnlySpan<byte> text = data.Span.StartsWith("\uFEFF"u8) ? data.Span[3..] : data.Span;
            return ChatContentPart.FromText($"{fileName}:\n{StrictUtf8.GetString(text)}");
        }
        catch (DecoderFallbackException)
        {
            throw Failure.Of(nameof(Messages.FileUnsupported), ErrorKind.InvalidInput, fileName, $"it's {OtherType(data.Span)} and not valid UTF-8");
        }
    }

    private static AzOpenAIException Invalid(string name, string reason) => Failure.Of(nameof(Messages.ImageInvalid), ErrorKind.InvalidInput, name, reason);

    private static string? ImageType(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith(PngMark))
            return "image/png";
        if (data.StartsWith(JpegMark))
            return "image/jpeg";
        if (data.StartsWith("GIF87a"u8) || data.StartsWith("GIF89a"u8))
            return "image/gif";
        return data.Length >= 12 && data.StartsWith("RIFF"u8) && data[8..12].SequenceEqual("WEBP"u8) ? "image/webp" : null;
    }

    private static string OtherType(ReadOnlySpan<byte> data)
    {
        if (ImageType(data) is { } image)
            return $"an image ({image})";
        if (data.StartsWith("%PDF-"u8))
            return "a PDF";
        if (data.StartsWith("BM"u8))
            return "a BMP";
        if (data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8))
            return "a TIFF";
        if (data.StartsWith("PK"u8))
            return "a ZIP or Office file";
        if (data.Length >= 12 && data[4..8].SequenceEqual("ftyp"u8))
            return "a HEIC, AVIF or video file";
        ReadOnlySpan<byte> start = data.TrimStart(" \t\r\n"u8);
        if (start.StartsWith("<svg"u8) || start.StartsWith("<?xml"u8))
            return "an SVG or other XML file";
        return start.StartsWith("<"u8) ? "a web page" : "of an unknown type";
    }
}

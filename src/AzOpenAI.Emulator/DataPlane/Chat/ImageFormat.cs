namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>Detects supported image formats by their first bytes, whatever the media type of the data URL is.</summary>
internal static class ImageFormat
{
    public static bool IsKnown(ReadOnlySpan<byte> bytes) => IsPng(bytes) || IsJpeg(bytes) || IsGif(bytes) || IsWebp(bytes);

    private static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.Length >= 8 && bytes[0] == 0x89 && bytes[1..8].SequenceEqual("PNG\r\n\x1A\n"u8);

    private static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xD8, 0xFF, ..];

    private static bool IsGif(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    private static bool IsWebp(ReadOnlySpan<byte> bytes) => bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8);
}

namespace AzOpenAI.Core.Bulk;

/// <summary>Reads lines as bytes, with their start positions. Anything after the last line break isn't a line.</summary>
internal static class JournalScanner
{
    private const int FirstBuffer = 256 * 1024;

    /// <summary>The lines without their line breaks. A line is valid until the next one is requested.</summary>
    public static IEnumerable<(long Offset, ReadOnlyMemory<byte> Line)> Lines(Stream stream)
    {
        byte[] buffer = new byte[FirstBuffer];
        int length = 0;
        long offset = 0;
        while (true)
        {
            int read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0)
                yield break;
            int searched = length;
            length += read;
            int start = 0;
            int end;
            while ((end = Array.IndexOf(buffer, (byte)'\n', Math.Max(start, searched), length - Math.Max(start, searched))) >= 0)
            {
                yield return (offset + start, buffer.AsMemory(start, end - start));
                start = end + 1;
            }

            length -= start;
            offset += start;
            Buffer.BlockCopy(buffer, start, buffer, 0, length);
            if (length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }
}

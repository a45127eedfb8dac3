namespace AzOpenAI.Core.Bulk;

/// <summary>Reads lines as bytes, with where they begin. What stands behind the last line break is no line.</summary>
internal static class JournalScanner
{
    private const int FirstBuffer = 256 * 1024;

    /// <summary>The lines without their ends. A line is good until the next one is asked for.</summary>
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

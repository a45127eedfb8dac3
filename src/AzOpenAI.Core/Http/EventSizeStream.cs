using System.Runtime.CompilerServices;

namespace AzOpenAI.Core.Http;

/// <summary>An event stream that limits the size of an event: the parser buffers an event until its blank line arrives, however long that takes.</summary>
internal sealed class EventSizeStream(Stream inner, long limit = ResponseLimits.Event) : ReadOnlyStream(inner)
{
    private long _event;
    private bool _lineHasText;
    private bool _afterCarriageReturn;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // A long stream is thousands of reads.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count(buffer.Span[..read]);
        return read;
    }

    private void Count(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            // CR LF is one line break.
            if (_afterCarriageReturn && text[0] == (byte)'\n')
                text = text[1..];
            _afterCarriageReturn = false;
            int end = text.IndexOfAny((byte)'\r', (byte)'\n');
            int length = end < 0 ? text.Length : end;
            _event += length;
            _lineHasText |= length > 0;
            if (_event > limit)
                throw new ResponseTooLargeException("A stream event", limit);
            if (end < 0)
                return;
            if (!_lineHasText)
                _event = 0;
            _lineHasText = false;
            _afterCarriageReturn = text[end] == (byte)'\r';
            text = text[(end + 1)..];
        }
    }
}

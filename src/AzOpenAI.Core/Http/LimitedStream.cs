using System.Runtime.CompilerServices;

namespace AzOpenAI.Core.Http;

/// <summary>The body of an answer, counted while it is read.</summary>
/// <param name="inner">The body, decompressed.</param>
/// <param name="limit">Bytes to take at most.</param>
/// <param name="declared">Length that the answer's head tells; null where it tells none.</param>
/// <param name="truncate">True: end at the limit; false: throw <see cref="ResponseTooLargeException"/>.</param>
internal sealed class LimitedStream(Stream inner, long limit, long? declared = null, bool truncate = false) : ReadOnlyStream(inner)
{
    private readonly long _limit = limit;
    private long _left = limit;
    private bool _unlimited;

    /// <summary>Takes the limit away, for a body that is written to a file as it comes.</summary>
    public void Lift() => _unlimited = true;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // A long stream is thousands of reads.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // One byte beyond the limit tells an answer of just that size from a larger one.
        if (!_unlimited && buffer.Length > _left)
            buffer = buffer[..(int)Math.Min(buffer.Length, truncate ? _left : _left + 1)];
        int read;
        try
        {
            read = buffer.IsEmpty ? 0 : await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException and not ObjectDisposedException)
        {
            // The decompressors tell of a broken body, each in its own way.
            return truncate ? 0 : throw new InvalidDataException(exception.Message, exception);
        }

        if (_unlimited || read == 0)
            return read;
        _left -= read;
        return _left < 0 || (!truncate && declared > _limit) ? throw new ResponseTooLargeException("The response", _limit) : read;
    }
}

using System.Runtime.CompilerServices;

namespace AzOpenAI.Core.Http;

/// <summary>The body of a response, counted while it is read.</summary>
/// <param name="inner">The body, decompressed.</param>
/// <param name="limit">Maximum number of bytes.</param>
/// <param name="declared">Length according to the response's headers; null if unknown.</param>
/// <param name="truncate">True to end at the limit; false to throw <see cref="ResponseTooLargeException"/>.</param>
internal sealed class LimitedStream(Stream inner, long limit, long? declared = null, bool truncate = false) : ReadOnlyStream(inner)
{
    private readonly long _limit = limit;
    private long _left = limit;
    private bool _unlimited;

    /// <summary>Removes the limit, for a body that is written to a file as it arrives.</summary>
    public void Lift() => _unlimited = true;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // A long stream is thousands of reads.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // One byte more than the limit distinguishes a response of exactly that size from a larger one.
        if (!_unlimited && buffer.Length > _left)
            buffer = buffer[..(int)Math.Min(buffer.Length, truncate ? _left : _left + 1)];
        int read;
        try
        {
            read = buffer.IsEmpty ? 0 : await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException and not ObjectDisposedException)
        {
            // Each decompressor reports invalid data with its own exception.
            return truncate ? 0 : throw new InvalidDataException(exception.Message, exception);
        }

        if (_unlimited || read == 0)
            return read;
        _left -= read;
        return _left < 0 || (!truncate && declared > _limit) ? throw new ResponseTooLargeException("The response", _limit) : read;
    }
}

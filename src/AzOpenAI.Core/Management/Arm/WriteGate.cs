using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>
/// One write at a time per account in this process: the service refuses a second one with RequestConflict. Writers of other processes are met by
/// waiting and trying again.
/// </summary>
internal static class WriteGate
{
    private static readonly ConcurrentDictionary<string, Gate> Gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// How many writes this process has made behind the gate. Taken before the reads that a change is planned by, it tells a writer who has the right to
    /// write whether these still hold; only where they do not, they have to be made again.
    /// </summary>
    public static long Version(string key) => Volatile.Read(ref Of(key).Writes.Value);

    /// <summary>The right to write, or null where it was not to be had in time.</summary>
    public static async Task<Entry?> TryEnterAsync(string key, TimeSpan wait, CancellationToken cancellationToken)
    {
        Gate gate = Of(key);
        return await gate.Turn.WaitAsync(wait, cancellationToken).ConfigureAwait(false) ? new Entry(gate) : null;
    }

    private static Gate Of(string key) => Gates.GetOrAdd(key, static _ => new Gate(new SemaphoreSlim(1, 1), new StrongBox<long>()));

    /// <summary>The right to write, until it is disposed of.</summary>
    internal sealed class Entry(Gate gate) : IDisposable
    {
        private int _isOver;

        /// <summary>See <see cref="WriteGate.Version"/>.</summary>
        public long Version => Volatile.Read(ref gate.Writes.Value);

        /// <summary>Says that something was sent, whatever has become of it.</summary>
        public void Written() => Interlocked.Increment(ref gate.Writes.Value);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                gate.Turn.Release();
        }
    }

    internal readonly record struct Gate(SemaphoreSlim Turn, StrongBox<long> Writes);
}

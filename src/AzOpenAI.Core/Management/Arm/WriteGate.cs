using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>
/// Serializes writes per account in this process: the service rejects a concurrent one with RequestConflict. Conflicts with other processes are handled by
/// waiting and retrying.
/// </summary>
internal static class WriteGate
{
    private static readonly ConcurrentDictionary<string, Gate> Gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Number of writes that this process has made behind the gate. If it is read before the reads that a change is planned with, the writer can then tell
    /// whether those are still valid; only otherwise they must be repeated.
    /// </summary>
    public static long Version(string key) => Volatile.Read(ref Of(key).Writes.Value);

    /// <summary>Enters the gate; null if it timed out.</summary>
    public static async Task<Entry?> TryEnterAsync(string key, TimeSpan wait, CancellationToken cancellationToken)
    {
        Gate gate = Of(key);
        return await gate.Turn.WaitAsync(wait, cancellationToken).ConfigureAwait(false) ? new Entry(gate) : null;
    }

    private static Gate Of(string key) => Gates.GetOrAdd(key, static _ => new Gate(new SemaphoreSlim(1, 1), new StrongBox<long>()));

    /// <summary>The permission to write, until it is disposed.</summary>
    internal sealed class Entry(Gate gate) : IDisposable
    {
        private int _isOver;

        /// <summary>See <see cref="WriteGate.Version"/>.</summary>
        public long Version => Volatile.Read(ref gate.Writes.Value);

        /// <summary>Records that something was sent, whatever the result.</summary>
        public void Written() => Interlocked.Increment(ref gate.Writes.Value);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                gate.Turn.Release();
        }
    }

    internal readonly record struct Gate(SemaphoreSlim Turn, StrongBox<long> Writes);
}

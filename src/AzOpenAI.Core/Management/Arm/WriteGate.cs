using System.Collections.Concurrent;

namespace AzOpenAI.Core.Management;

/// <summary>
/// One write at a time per account in this process: the service refuses a second one with RequestConflict. Writers of other processes are met by
/// waiting and trying again.
/// </summary>
internal static class WriteGate
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The right to write, or null where it was not to be had in time.</summary>
    public static async Task<IDisposable?> TryEnterAsync(string key, TimeSpan wait, CancellationToken cancellationToken)
    {
        SemaphoreSlim gate = Gates.GetOrAdd(key, static _ => new SemaphoreSlim(1, 1));
        return await gate.WaitAsync(wait, cancellationToken).ConfigureAwait(false) ? new Exit(gate) : null;
    }

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}

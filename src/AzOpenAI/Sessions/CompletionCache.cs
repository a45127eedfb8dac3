using System.Collections.Concurrent;

namespace AzOpenAI.Sessions;

/// <summary>Caches results of completers for a few minutes, so that pressing Tab again doesn't call the service.</summary>
internal sealed class CompletionCache
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyList<string> Values)> _entries = new(StringComparer.OrdinalIgnoreCase);

    public bool TryGet(string key, out IReadOnlyList<string> values)
    {
        bool found = _entries.TryGetValue(key, out (DateTimeOffset Until, IReadOnlyList<string> Values) entry) && entry.Until > DateTimeOffset.UtcNow;
        values = found ? entry.Values : [];
        return found;
    }

    public void Set(string key, IReadOnlyList<string> values) => _entries[key] = (DateTimeOffset.UtcNow + Lifetime, values);

    public void Clear() => _entries.Clear();
}

using System.Collections.Concurrent;

namespace AzOpenAI.Core.Http;

/// <summary>Which hosts were sent an Entra ID token, so that the first time is told. One for a session; safe for many threads.</summary>
public sealed class TokenUses
{
    private readonly ConcurrentDictionary<(string Host, string Audience), bool> _seen = new();

    /// <summary>True once for a host and an audience.</summary>
    public bool IsFirst(string host, string audience) => _seen.TryAdd((host, audience), true);

    /// <summary>Forgets all.</summary>
    public void Clear() => _seen.Clear();
}

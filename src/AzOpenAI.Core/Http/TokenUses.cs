using System.Collections.Concurrent;

namespace AzOpenAI.Core.Http;

/// <summary>The hosts that an Entra ID token was sent to, so that the first time is reported. One per session; thread-safe.</summary>
public sealed class TokenUses
{
    private readonly ConcurrentDictionary<(string Host, string Audience), bool> _seen = new();

    /// <summary>True the first time for a host and an audience.</summary>
    public bool IsFirst(string host, string audience) => _seen.TryAdd((host, audience), true);

    /// <summary>Clears all.</summary>
    public void Clear() => _seen.Clear();
}

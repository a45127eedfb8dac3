using System.Net;

namespace AzOpenAI.Core.Http;

/// <summary>
/// Decides what counts as this machine: a literal loopback address or <c>localhost</c>. Plain http, proxies and tokens all depend on it.
/// </summary>
internal static class Loopback
{
    /// <summary>True if the endpoint can't be another machine.</summary>
    public static bool Is(Uri endpoint) => Is(endpoint.Host);

    /// <summary>True if the host can't be another machine; an IPv6 address may be in brackets.</summary>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}

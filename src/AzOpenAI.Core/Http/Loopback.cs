using System.Net;

namespace AzOpenAI.Core.Http;

/// <summary>
/// What counts as this machine: a literal loopback address or <c>localhost</c>. One place, since plain http, proxies and tokens all depend on it.
/// </summary>
internal static class Loopback
{
    /// <summary>True where the endpoint cannot be another machine.</summary>
    public static bool Is(Uri endpoint) => Is(endpoint.Host);

    /// <summary>True for a host that cannot be another machine; an IPv6 address may stand in brackets.</summary>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}

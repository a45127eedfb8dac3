using System.Net;

namespace AzOpenAI.Core.Http;

/// <summary>
/// The connections of the process, in one pool so that a loop of cmdlets doesn't open a socket per call. Loopback never uses a proxy: it shouldn't receive
/// a key for the emulator. Redirects aren't followed: a credential is never sent to another host.
/// </summary>
internal static class SharedHandler
{
    /// <summary>Time-out for connecting a socket.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private static readonly Lazy<HttpClient> RemoteClient = new(() => Create(useProxy: true));
    private static readonly Lazy<HttpClient> LoopbackClient = new(() => Create(useProxy: false));

    /// <summary>The client for the endpoint.</summary>
    public static HttpClient For(Uri endpoint) => Loopback.Is(endpoint) ? LoopbackClient.Value : RemoteClient.Value;

    private static HttpClient Create(bool useProxy) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        // Decompressed here, so that the limit applies to the decompressed size.
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        UseProxy = useProxy,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        EnableMultipleHttp2Connections = true,
        // Abandoned responses are closed immediately, because the tokens of a stream are billed as long as it is received.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}

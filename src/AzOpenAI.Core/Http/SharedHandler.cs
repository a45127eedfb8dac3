using System.Net;

namespace AzOpenAI.Core.Http;

/// <summary>
/// The connections of the process. One pool, so that a loop of cmdlets does not open a socket per call. Loopback goes without any proxy: a key for the
/// emulator is nothing to hand to one. Redirects are not followed: a credential never goes to another host.
/// </summary>
internal static class SharedHandler
{
    /// <summary>How long a socket may take to connect.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private static readonly Lazy<HttpClient> RemoteClient = new(() => Create(useProxy: true));
    private static readonly Lazy<HttpClient> LoopbackClient = new(() => Create(useProxy: false));

    /// <summary>The client for the endpoint.</summary>
    public static HttpClient For(Uri endpoint) => Loopback.Is(endpoint) ? LoopbackClient.Value : RemoteClient.Value;

    private static HttpClient Create(bool useProxy) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        // Decompressed here, so that the limit of an answer counts what it grows to.
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        UseProxy = useProxy,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        EnableMultipleHttp2Connections = true,
        // An answer that nobody reads on is cut off at once: the tokens of an abandoned stream are billed as long as somebody takes them.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}

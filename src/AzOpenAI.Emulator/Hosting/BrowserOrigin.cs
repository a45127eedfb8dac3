using Microsoft.AspNetCore.Http;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>
/// Whether a page of another origin made a browser send the request. A browser says so in Origin or Sec-Fetch-Site, which no page can change; clients that are
/// not browsers send neither.
/// </summary>
internal static class BrowserOrigin
{
    private static readonly string[] CredentialHeaders = ["Authorization", "api-key", "Ocp-Apim-Subscription-Key"];

    /// <summary>True: another site, or another port of this machine, or a page whose origin the browser conceals (<c>Origin: null</c>).</summary>
    public static bool IsForeign(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Origin", out Microsoft.Extensions.Primitives.StringValues origin)
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // "none" is an address that somebody typed. Browsers send this header with a GET, too, which has no Origin.
        return request.Headers.TryGetValue("Sec-Fetch-Site", out Microsoft.Extensions.Primitives.StringValues site) && site != "same-origin" && site != "none";
    }

    /// <summary>
    /// Whether the request has a credential where no page can put one: a browser asks the server before it sends such a header for a page, and the emulator
    /// never agrees. So whoever sent it is not a browser alone, but perhaps a development server that passes on what its own page asks.
    /// </summary>
    public static bool HasCredential(HttpRequest request) => CredentialHeaders.Any(request.Headers.ContainsKey);
}

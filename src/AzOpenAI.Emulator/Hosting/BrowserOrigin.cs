using Microsoft.AspNetCore.Http;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>
/// Detects requests that a web page of another origin made a browser send. Browsers send Origin or Sec-Fetch-Site, which a page can't change; other clients
/// don't send either.
/// </summary>
internal static class BrowserOrigin
{
    private static readonly string[] CredentialHeaders = ["Authorization", "api-key", "Ocp-Apim-Subscription-Key"];

    /// <summary>True for another site, another port on this machine, or a page whose origin the browser hides (<c>Origin: null</c>).</summary>
    public static bool IsForeign(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Origin", out Microsoft.Extensions.Primitives.StringValues origin)
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // "none" is a typed URL. Browsers also send this header with a GET, which doesn't have Origin.
        return request.Headers.TryGetValue("Sec-Fetch-Site", out Microsoft.Extensions.Primitives.StringValues site) && site != "same-origin" && site != "none";
    }

    /// <summary>
    /// True if the request has a credential in a place that a page can't set: a browser requests permission for such a header, and the emulator
    /// never grants it. So it wasn't sent by a browser alone, but perhaps by a development server that forwards its own page's requests.
    /// </summary>
    public static bool HasCredential(HttpRequest request) => CredentialHeaders.Any(request.Headers.ContainsKey);
}

using System.ClientModel.Primitives;
using System.Text;
using System.Text.RegularExpressions;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>A 401 that requires claims in the token: its session was revoked, or a policy requires more. On the management plane the SDK handles it.</summary>
internal static partial class ClaimsChallenge
{
    /// <summary>The claims as JSON; null if the response doesn't require any.</summary>
    public static string? Read(PipelineResponse? response)
    {
        if (response is not { Status: 401 } || !response.Headers.TryGetValue("WWW-Authenticate", out string? challenge) || challenge is null)
            return null;
        Match claims = Claims().Match(challenge);
        byte[] buffer = new byte[claims.Length];
        string text = claims.Groups[1].Value.Replace('-', '+').Replace('_', '/');
        text = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return claims.Success && Convert.TryFromBase64String(text, buffer, out int length) ? Encoding.UTF8.GetString(buffer, 0, length) : null;
    }

    [GeneratedRegex(@"\bclaims=""([A-Za-z0-9+/_\-]+)=*""", RegexOptions.None, 2000)]
    private static partial Regex Claims();
}

using System.Buffers.Text;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>Parses an Authorization header. Signatures aren't checked, because the emulator doesn't know real identities.</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    public static bool TryRead(string? header, out string token)
    {
        token = "";
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        token = header[Scheme.Length..].Trim();
        return token.Length > 0;
    }

    /// <summary>The dummy token, or three base64url parts like an Entra token.</summary>
    public static bool IsEntra(string token) =>
        token == EmulatorHost.DummyToken
        || (token.Split('.') is { Length: 3 } parts && parts.All(p => p.Length > 0 && Base64Url.IsValid(p)));
}

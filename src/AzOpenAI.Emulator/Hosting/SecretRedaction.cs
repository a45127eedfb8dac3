using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>Removes secrets from a path and query before it is logged.</summary>
internal static partial class SecretRedaction
{
    public static string Redact(string pathAndQuery) => SecretParameter().Replace(pathAndQuery, "$1REDACTED");

    [GeneratedRegex(
        "([?&](?:api-key|subscription-key|key|code|sig|c|s|h|token|access_token|client_secret|password)=)[^&]*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretParameter();
}

using System.Net;
using System.Security;

namespace AzOpenAI.Core.Http;

/// <summary>Plain text of secrets, for the moment in which it is needed.</summary>
internal static class SecureText
{
    public static string Reveal(SecureString text) => new NetworkCredential("", text).Password;

    public static SecureString Protect(string text) => new NetworkCredential("", text).SecurePassword;
}

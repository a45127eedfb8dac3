using System.Runtime.InteropServices;
using System.Security;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Takes secrets out of their SecureString for the moment of use.</summary>
internal static class SecretText
{
    /// <summary>The secret as a header's value: trimmed, since keys are often read from files with a line end.</summary>
    /// <exception cref="AzOpenAIException">KeyMalformed: characters that no key has. The platform's own message would show the value.</exception>
    public static string Header(SecureString secret, Connection connection)
    {
        string text = Read(secret).Trim();
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('\x21', '\x7e'))
            throw Failure.Of(nameof(Messages.KeyMalformed), ErrorKind.InvalidInput, connection.Endpoint.Host);
        return text;
    }

    private static string Read(SecureString secret)
    {
        nint buffer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(buffer, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(buffer);
        }
    }
}

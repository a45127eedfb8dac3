using System.Security;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>Reads secrets from their SecureString for the moment of use.</summary>
internal static class SecretText
{
    /// <summary>The secret as a header value: trimmed, since keys are often read from files with a trailing line break.</summary>
    /// <exception cref="AzOpenAIException">KeyMalformed: characters that no key contains. The platform's own message would show the value.</exception>
    public static string Header(SecureString secret, Connection connection)
    {
        string text = SecureText.Reveal(secret).Trim();
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('\x21', '\x7e'))
            throw Failure.Of(nameof(Messages.KeyMalformed), ErrorKind.InvalidInput, connection.Endpoint.Host);
        return text;
    }
}

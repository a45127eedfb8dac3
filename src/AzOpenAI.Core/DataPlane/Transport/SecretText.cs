using System.Security;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Takes secrets out of their SecureString for the moment of use, and out of text that is to be shown.</summary>
internal static class SecretText
{
    private const string Mask = "***";

    /// <summary>The secret as a header's value: trimmed, since keys are often read from files with a line end.</summary>
    /// <exception cref="AzOpenAIException">KeyMalformed: characters that no key has. The platform's own message would show the value.</exception>
    public static string Header(SecureString secret, Connection connection)
    {
        string text = SecureText.Reveal(secret).Trim();
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('\x21', '\x7e'))
            throw Failure.Of(nameof(Messages.KeyMalformed), ErrorKind.InvalidInput, connection.Endpoint.Host);
        return text;
    }

    /// <summary>The text with every secret of the connection masked: relays and gateways echo keys in their errors.</summary>
    public static string Redact(string text, Connection connection)
    {
        if (connection.Key is not null)
            text = Hide(text, connection.Key);
        foreach (object value in connection.Headers.Values)
        {
            if (value is SecureString secret)
                text = Hide(text, secret);
        }

        return text;
    }

    private static string Hide(string text, SecureString secret)
    {
        string value = SecureText.Reveal(secret).Trim();
        return value.Length > 0 ? text.Replace(value, Mask, StringComparison.Ordinal) : text;
    }
}

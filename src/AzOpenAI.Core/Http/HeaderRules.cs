using System.Buffers;
using System.Net.Http.Headers;
using System.Security;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Http;

/// <summary>
/// Validates headers of a request or of a part of a form, for both planes: the transport doesn't check values, so a line break in one would
/// start another header or another request.
/// </summary>
internal static class HeaderRules
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // These define where a request ends and who receives it, which is up to the transport.
    private static readonly HashSet<string> OfTransport = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Proxy-Connection", "Keep-Alive", "Upgrade", "TE", "Trailer", "Expect",
    };

    /// <summary>Rejects headers that can't be sent. A secret is checked only when it is revealed.</summary>
    /// <exception cref="AzOpenAIException">HeaderInvalid.</exception>
    public static void Check(IReadOnlyDictionary<string, object> headers)
    {
        foreach ((string name, object value) in headers)
        {
            CheckName(name);
            if (value is not (SecureString or SecretReference) && (value is not string text || !IsValue(text)))
                throw Invalid(name, "its value isn't a single line of printable ASCII characters");
        }
    }

    /// <inheritdoc cref="Check"/>
    public static void CheckName(string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
            throw Invalid(name, "its name contains characters that aren't valid in a header name");
        if (OfTransport.Contains(name))
            throw Invalid(name, "it's set by the connection");
    }

    /// <summary>The value to send; a secret is revealed. Trimmed, since secrets are often read from files with a trailing line break.</summary>
    /// <exception cref="AzOpenAIException">HeaderInvalid, without the value.</exception>
    public static string Value(string name, object value)
    {
        string text = value is SecureString secret ? SecureText.Reveal(secret).Trim() : (string)value;
        return IsValue(text) && (text.Length > 0 || value is string) ? text : throw Invalid(name, "its value is empty or isn't a single line of printable ASCII characters");
    }

    /// <summary>Rejects what isn't a media type.</summary>
    /// <exception cref="AzOpenAIException">ContentTypeInvalid.</exception>
    public static void CheckMediaType(string mediaType)
    {
        if (!IsValue(mediaType) || !MediaTypeHeaderValue.TryParse(mediaType, out _))
            throw Failure.Of(nameof(Messages.ContentTypeInvalid), ErrorKind.InvalidInput, ShownText.Name(mediaType));
    }

    /// <summary>Rejects a form field's name or file name that would break out of its quotes.</summary>
    /// <exception cref="AzOpenAIException">FormNameInvalid.</exception>
    public static void CheckFormName(string name)
    {
        if (name.Length == 0 || name.Any(static character => char.IsControl(character) || character is '"' or '\\'))
            throw Failure.Of(nameof(Messages.FormNameInvalid), ErrorKind.InvalidInput, ShownText.OneLine(name));
    }

    private static bool IsValue(string text) => !text.AsSpan().ContainsAnyExceptInRange('\x20', '\x7e');

    private static AzOpenAIException Invalid(string name, string reason) =>
        Failure.Of(nameof(Messages.HeaderInvalid), ErrorKind.InvalidInput, ShownText.Name(name), reason);
}

namespace AzOpenAI.Core.Http;

/// <summary>Removes what may be secret from a user's input before it is shown in an error, an error's target or a verbose message.</summary>
public static class ShownText
{
    /// <summary>Replaces text that isn't shown.</summary>
    public const string Hidden = "(not shown)";

    // Keys of Azure, API Management and OpenAI have 32 characters or more.
    private const int ShortestKey = 20;
    private const int LettersOnly = 32;
    private const int LongestName = 64;

    /// <summary>The URL without user and query: both may contain secrets.</summary>
    public static string Address(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Path(address.IsAbsoluteUri ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : address.OriginalString);
    }

    /// <summary>The path or URL that a user entered, without user and query.</summary>
    public static string Path(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int end = path.IndexOfAny(['?', '#']);
        string plain = end < 0 ? path : path[..end];
        int scheme = plain.IndexOf("://", StringComparison.Ordinal);
        int user = plain.LastIndexOf('@');
        if (scheme >= 0 && user > scheme)
            plain = plain[..(scheme + 3)] + plain[(user + 1)..];
        else if (user > 0 && plain[..user].Contains(':', StringComparison.Ordinal))
            plain = Hidden + plain[user..];
        return OneLine(plain);
    }

    /// <summary>The name that a user entered; replaced if it could be a key pasted into the wrong place, or a URL with a password.</summary>
    public static string Name(string name) => MayBeSecret(name) ? Hidden : OneLine(name);

    /// <summary>True for text that may be a key, a token, or a URL with a user.</summary>
    public static bool MayBeSecret(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        return text.Length > LongestName
            || text.StartsWith("sk-", StringComparison.OrdinalIgnoreCase)
            || (text.Contains('@', StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal))
            || text.Split((char[]?)null).Any(LooksLikeKey);
    }

    private static bool LooksLikeKey(string word) =>
        (word.Length >= ShortestKey && word.Any(char.IsAsciiDigit) && word.Any(char.IsAsciiLetter)) || (word.Length >= LettersOnly && word.All(char.IsAsciiLetter));

    /// <summary>The text with control characters replaced by question marks.</summary>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.Select(static character => char.IsControl(character) ? '?' : character));
    }
}

using System.Globalization;

namespace AzOpenAI.Core.Http;

/// <summary>Recognises text whose characters may stand escaped: by JSON (<c>\u002b</c>, <c>\/</c>), in a URL (<c>%2B</c>) or in HTML (<c>&amp;#43;</c>).</summary>
internal static class EscapedText
{
    private const int LongestEntity = 32;

    private static readonly (string Name, char Character)[] Entities = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("plus", '+'), ("sol", '/'), ("equals", '=')];

    /// <summary>How much of the beginning of <paramref name="text"/> spells <paramref name="value"/>, ignoring case; 0 where it does not.</summary>
    public static int MatchLength(ReadOnlySpan<char> text, ReadOnlySpan<char> value)
    {
        int at = 0;
        for (int i = 0; i < value.Length; i++)
        {
            ReadOnlySpan<char> rest = text[at..];
            bool same = !rest.IsEmpty && Same(rest[0], value[i]);
            int length = MatchEscape(rest, value[i]);
            // "&amp;" may be an ampersand, or one with "amp;" behind it.
            if (same && length > 1 && MatchLength(rest[1..], value[(i + 1)..]) is > 0 and int tail)
                return at + 1 + tail;
            if (length == 0 && !same)
                return 0;
            at += Math.Max(length, 1);
        }

        return at;
    }

    private static int MatchEscape(ReadOnlySpan<char> text, char expected)
    {
        if (text.IsEmpty)
            return 0;
        return text[0] switch
        {
            '\\' => MatchBackslash(text, expected),
            '%' => MatchPercent(text, expected),
            '&' => MatchEntity(text, expected),
            _ => 0,
        };
    }

    // JSON within JSON doubles its backslashes.
    private static int MatchBackslash(ReadOnlySpan<char> text, char expected)
    {
        int marks = text.IndexOfAnyExcept('\\');
        if (marks < 0)
            return 0;
        ReadOnlySpan<char> rest = text[marks..];
        if (Same(rest[0], expected))
            return marks + 1;
        return rest.Length >= 5 && rest[0] is 'u' && HexIs(rest[1..5], expected) ? marks + 5 : 0;
    }

    // A URL within a URL escapes the percent sign again.
    private static int MatchPercent(ReadOnlySpan<char> text, char expected)
    {
        int at = 1;
        while (text.Length >= at + 2 && text.Slice(at, 2) is "25")
            at += 2;
        return text.Length >= at + 2 && HexIs(text.Slice(at, 2), expected) ? at + 2 : 0;
    }

    private static int MatchEntity(ReadOnlySpan<char> text, char expected)
    {
        int end = text[..Math.Min(text.Length, LongestEntity)].IndexOf(';');
        if (end < 2)
            return 0;
        ReadOnlySpan<char> name = text[1..end];
        if (name[0] == '#')
        {
            bool hex = name.Length > 1 && name[1] is 'x' or 'X';
            return int.TryParse(name[(hex ? 2 : 1)..], hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int code)
                && code is >= 0 and <= char.MaxValue && Same((char)code, expected) ? end + 1 : 0;
        }

        foreach ((string known, char character) in Entities)
        {
            if (Same(character, expected) && name.Equals(known, StringComparison.OrdinalIgnoreCase))
                return end + 1;
        }

        return 0;
    }

    private static bool HexIs(ReadOnlySpan<char> digits, char expected) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Same((char)code, expected);

    private static bool Same(char one, char other) => one == other || char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}

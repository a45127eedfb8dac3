using System.Globalization;

namespace AzOpenAI.Core.Errors;

/// <summary>Recognizes text whose characters may be escaped: by JSON (<c>\u002b</c>, <c>\/</c>), in a URL (<c>%2B</c>) or in HTML (<c>&amp;#43;</c>).</summary>
internal static class EscapedText
{
    private const int MaximumEntityLength = 32;

    // Each level of JSON within JSON doubles them. Without a limit, a text with only backslashes would be read once for each of its characters.
    private const int MaximumBackslashes = 64;

    private static readonly (string Name, char Character)[] Entities = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("plus", '+'), ("sol", '/'), ("equals", '=')];

    /// <summary>Reads one escape at the start of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="character">The character that the escape represents.</param>
    /// <returns>The length of the escape, in characters; 0 if the text doesn't start with one.</returns>
    public delegate int Reader(ReadOnlySpan<char> text, out char character);

    /// <summary>A reader for each notation.</summary>
    public static IReadOnlyList<Reader> Readers { get; } = [ReadBackslash, ReadPercent, ReadEntity];

    /// <summary>How much of the start of <paramref name="text"/> spells <paramref name="value"/>, ignoring case; 0 if it doesn't.</summary>
    public static int MatchLength(ReadOnlySpan<char> text, ReadOnlySpan<char> value)
    {
        int at = 0;
        // No escape starts before this index: up to there, a comparison of the plain characters is enough.
        int mark = 0;
        for (int i = 0; i < value.Length;)
        {
            if (at >= mark)
                mark = at + NextMark(text[at..], value.Length - i);
            int same = text[at..mark].CommonPrefixLength(value[i..]);
            at += same;
            i += same;
            if (i == value.Length)
                break;

            int length = at < mark ? PlainLength(text[at], value[i]) : SpelledLength(text[at..], value[i..]);
            if (length <= 0)
                return length == 0 ? 0 : at - length;
            at += length;
            i++;
        }

        return at;
    }

    private static int NextMark(ReadOnlySpan<char> text, int length)
    {
        ReadOnlySpan<char> part = text[..Math.Min(text.Length, length)];
        int mark = part.IndexOfAny('\\', '%', '&');
        return mark < 0 ? part.Length : mark;
    }

    private static int PlainLength(char one, char other) => Same(one, other) ? 1 : 0;

    // Length of the first character's spelling. Negative if the rest was matched too, since "&amp;" may be an ampersand, or one followed by "amp;".
    private static int SpelledLength(ReadOnlySpan<char> text, ReadOnlySpan<char> value)
    {
        bool same = !text.IsEmpty && Same(text[0], value[0]);
        int length = EscapeLength(text, value[0]);
        if (same && length > 1 && value.Length > 1 && MatchLength(text[1..], value[1..]) is > 0 and int tail)
            return -1 - tail;
        return length == 0 && same ? 1 : length;
    }

    private static int EscapeLength(ReadOnlySpan<char> text, char expected)
    {
        if (text.IsEmpty || text[0] is not ('\\' or '%' or '&'))
            return 0;
        foreach (Reader read in Readers)
        {
            if (read(text, out char character) is > 0 and int length && Same(character, expected))
                return length;
        }

        // A backslash before "u" and digits may also be the character itself.
        int marks = Backslashes(text);
        return marks > 0 && Same(text[marks], expected) ? marks + 1 : 0;
    }

    // JSON within JSON doubles its backslashes.
    private static int ReadBackslash(ReadOnlySpan<char> text, out char character)
    {
        character = default;
        int marks = Backslashes(text);
        if (marks <= 0)
            return 0;
        ReadOnlySpan<char> rest = text[marks..];
        if (rest.Length >= 5 && rest[0] is 'u' && TryHex(rest[1..5], out character))
            return marks + 5;
        character = rest[0];
        return marks + 1;
    }

    private static int Backslashes(ReadOnlySpan<char> text) => text[..Math.Min(text.Length, MaximumBackslashes + 1)].IndexOfAnyExcept('\\');

    // A URL within a URL escapes the percent sign again.
    private static int ReadPercent(ReadOnlySpan<char> text, out char character)
    {
        character = default;
        if (text.IsEmpty || text[0] != '%')
            return 0;
        int at = 1;
        while (text.Length >= at + 2 && text.Slice(at, 2) is "25")
            at += 2;
        return text.Length >= at + 2 && TryHex(text.Slice(at, 2), out character) ? at + 2 : 0;
    }

    private static int ReadEntity(ReadOnlySpan<char> text, out char character)
    {
        character = default;
        if (text.IsEmpty || text[0] != '&')
            return 0;
        int end = text[..Math.Min(text.Length, MaximumEntityLength)].IndexOf(';');
        if (end < 2)
            return 0;
        ReadOnlySpan<char> name = text[1..end];
        if (name[0] == '#')
            return TryNumber(name[1..], out character) ? end + 1 : 0;
        foreach ((string known, char meaning) in Entities)
        {
            if (!name.Equals(known, StringComparison.OrdinalIgnoreCase))
                continue;
            character = meaning;
            return end + 1;
        }

        return 0;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out char character)
    {
        bool hex = !digits.IsEmpty && digits[0] is 'x' or 'X';
        if (hex)
            return TryHex(digits[1..], out character);
        bool valid = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code <= char.MaxValue;
        character = valid ? (char)code : default;
        return valid;
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out char character)
    {
        bool valid = int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && code is >= 0 and <= char.MaxValue;
        character = valid ? (char)code : default;
        return valid;
    }

    private static bool Same(char one, char other) => one == other || char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}

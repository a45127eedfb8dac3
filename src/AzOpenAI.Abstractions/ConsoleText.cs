using System.Buffers;
using System.Text;

namespace AzOpenAI;

/// <summary>
/// Makes text from a model or a service harmless for a terminal. What steers one (escape sequences, a lone carriage return, the bidirectional overrides, the line
/// and paragraph separators) or hides text from the reader (tags, supplementary variation selectors, zero-width spaces and other invisible characters) becomes
/// U+FFFD; a sequence loses its first character and shows as text, so nothing of the answer gets lost. Line ends, tabs, joined emoji, their variation selectors
/// and text that runs from right to left stay as they are.
/// </summary>
public static class ConsoleText
{
    private static readonly SearchValues<char> AsciiControls = SearchValues.Create([.. Range(0, 0x1F).Except("\t\n"), '\u007F']);

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [
            .. Range(0, 0x1F).Except("\t\n"), .. Range(0x7F, 0x9F), '\u00AD', '\u061C', '\u180E', '\u200B', .. Range(0x2028, 0x202E), .. Range(0x2060, 0x206F),
            '\uFEFF', .. Range(0xFFF9, 0xFFFB), .. Range(0xD800, 0xDFFF),
        ]);

    /// <summary>The text as it may be shown.</summary>
    /// <param name="text">A whole text; null counts as empty.</param>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (IsHarmless(text))
            return text;
        ConsoleTextCleaner cleaner = new();
        return cleaner.Add(text) + cleaner.End();
    }

    /// <summary>The text as it may be shown, in lines that end between words: a table breaks a long text wherever its column ends.</summary>
    /// <param name="text">A whole text; null counts as empty.</param>
    /// <param name="width">Most characters in a line. A longer word has a line of its own.</param>
    public static string Wrap(string? text, int width)
    {
        StringBuilder lines = new();
        foreach (string line in Clean(text).Split('\n'))
        {
            if (lines.Length > 0)
                lines.Append('\n');
            int used = 0;
            foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                bool fits = used + 1 + word.Length <= width;
                if (used > 0)
                    lines.Append(fits ? ' ' : '\n');
                lines.Append(word);
                used = used > 0 && fits ? used + 1 + word.Length : word.Length;
            }
        }

        return lines.ToString();
    }

    /// <summary>Whether all of it shows as itself. Of surrogates it takes a pair to know. Plain ASCII, which nearly every piece is, is told apart fastest.</summary>
    internal static bool IsHarmless(ReadOnlySpan<char> text) =>
        !text.ContainsAny(AsciiControls) && (!text.ContainsAnyInRange('\u0080', '\uFFFF') || !text.ContainsAny(Suspects));

    /// <summary>Whether a character is never shown, unless it is half of a pair.</summary>
    internal static bool IsSuspect(char character) => Suspects.Contains(character);

    private static IEnumerable<char> Range(int first, int last) => Enumerable.Range(first, last - first + 1).Select(static code => (char)code);
}

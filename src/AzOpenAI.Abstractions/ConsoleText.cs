using System.Buffers;
using System.Text;

namespace AzOpenAI;

/// <summary>
/// Makes text from a model or a service safe for a terminal. Characters that control it (escape sequences, a lone carriage return, bidirectional overrides, line
/// and paragraph separators) or hide text from the reader (tags, supplementary variation selectors, zero-width spaces and other invisible characters) become
/// U+FFFD; of a sequence, the first character is replaced and the rest is shown, so that no text is lost. Line breaks, tabs, joined emoji, their variation
/// selectors and right-to-left text aren't changed.
/// </summary>
public static class ConsoleText
{
    private static readonly SearchValues<char> AsciiControls = SearchValues.Create([.. Range(0, 0x1F).Except("\t\n"), '\u007F']);

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [
            .. Range(0, 0x1F).Except("\t\n"), .. Range(0x7F, 0x9F), '\u00AD', '\u061C', '\u180E', '\u200B', .. Range(0x2028, 0x202E), .. Range(0x2060, 0x206F),
            '\uFEFF', .. Range(0xFFF9, 0xFFFB), .. Range(0xD800, 0xDFFF),
        ]);

    /// <summary>Returns the text in safe form.</summary>
    /// <param name="text">A complete text; null is treated as empty.</param>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (IsHarmless(text))
            return text;
        ConsoleTextCleaner cleaner = new();
        return cleaner.Add(text) + cleaner.End();
    }

    /// <summary>Returns the text in safe form, wrapped between words: a table breaks a long text anywhere.</summary>
    /// <param name="text">A complete text; null is treated as empty.</param>
    /// <param name="width">Maximum number of characters in a line. A longer word has a line of its own.</param>
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

    /// <summary>True if no character needs to be replaced. Surrogates are checked as pairs. Plain ASCII, the most common case, is checked fastest.</summary>
    internal static bool IsHarmless(ReadOnlySpan<char> text) =>
        !text.ContainsAny(AsciiControls) && (!text.ContainsAnyInRange('\u0080', '\uFFFF') || !text.ContainsAny(Suspects));

    /// <summary>True if a character is never shown, unless it is half of a pair.</summary>
    internal static bool IsSuspect(char character) => Suspects.Contains(character);

    private static IEnumerable<char> Range(int first, int last) => Enumerable.Range(first, last - first + 1).Select(static code => (char)code);
}

using System.Globalization;
using System.Text;

namespace AzOpenAI.Core.CodeSamples;

/// <summary>
/// Text as a literal of a language. Characters that could end the literal, break the line or hide in it (control and formatting characters, such as those that
/// change the text direction) are escaped; readable text isn't.
/// </summary>
internal static class CodeLiteral
{
    /// <summary>In double quotes; valid for Python, C#, JavaScript and JSON.</summary>
    /// <param name="text">The text. Half a surrogate pair, which is invalid in UTF-8, becomes U+FFFD.</param>
    /// <param name="longEscapes">True to escape a character beyond U+FFFF as one (Python, C#), not as a pair.</param>
    public static string Of(string text, bool longEscapes = false)
    {
        StringBuilder literal = new(text.Length + 16);
        literal.Append('"');
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"' or '\\':
                    literal.Append('\\').Append((char)rune.Value);
                    break;
                case '\n':
                    literal.Append("\\n");
                    break;
                case '\r':
                    literal.Append("\\r");
                    break;
                case '\t':
                    literal.Append("\\t");
                    break;
                default:
                    Append(literal, rune, longEscapes);
                    break;
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>JSON to use within single quotes of a shell.</summary>
    public static string JsonForShell(string text) => Of(text).Replace("'", "\\u0027", StringComparison.Ordinal);

    /// <summary>A word of a POSIX shell, without expansion.</summary>
    public static string Shell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A number in the syntax of all the languages.</summary>
    public static string Of(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    /// <summary>An integer.</summary>
    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Append(StringBuilder literal, Rune rune, bool longEscapes)
    {
        bool readable = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
        // The joiner combines emoji, and has no other effect.
        if (readable || rune.Value == 0x200D)
        {
            literal.Append(rune.ToString());
        }
        else if (rune.IsBmp || !longEscapes)
        {
            foreach (char unit in rune.ToString())
                literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }
        else
        {
            literal.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
        }
    }
}

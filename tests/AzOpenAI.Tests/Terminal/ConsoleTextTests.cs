using System.Globalization;
using System.Text;

namespace AzOpenAI.Tests.Terminal;

/// <summary>Nothing in a model's text steers a terminal, and nothing that people write is lost.</summary>
public sealed class ConsoleTextTests
{
    public static TheoryData<string, string> Hostile => new()
    {
        { "a\r\nb", "a\nb" },
        { "harmless\rspoofed", "harmless\uFFFDspoofed" },
        { "a\r", "a\uFFFD" },
        { "a\r\r\nb\r\n", "a\uFFFD\nb\n" },
        { "a\r\u001b[2Kb", "a\uFFFD\uFFFD[2Kb" },
        { "a\r\ud83d\ude00\r\ud83d", "a\uFFFD\ud83d\ude00\uFFFD\uFFFD" },
        { "\u001b[8mhidden", "\uFFFD[8mhidden" },
        { "\u001b[2J\u001b[H", "\uFFFD[2J\uFFFD[H" },
        { "\u001b]0;title\u0007", "\uFFFD]0;title\uFFFD" },
        { "\u001b]52;c;Y2xpcA==\u001b\\", "\uFFFD]52;c;Y2xpcA==\uFFFD\\" },
        { "\u001bP1$r\u001b\\\u001b_x\u001b\\", "\uFFFDP1$r\uFFFD\\\uFFFD_x\uFFFD\\" },
        { "\u009b31m\u0007\u0000", "\uFFFD31m\uFFFD\uFFFD" },
        { "\u009d0;t\u009c\u0090q\u0085", "\uFFFD0;t\uFFFD\uFFFDq\uFFFD" },
        { "a\bb\vc\fd\u007fe", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe" },
        { "safe\u202Egpj.exe\u202C", "safe\uFFFDgpj.exe\uFFFD" },
        { "\u202A\u202B\u202D\u2066\u2067\u2068\u2069\u206A\u206F", new string('\uFFFD', 9) },
        { "a\uFEFFb", "a\uFFFDb" },
        { "a\ud800b", "a\uFFFDb" },
        { "a\udc00b", "a\uFFFDb" },
        { "end\ud83d", "end\uFFFD" },
        { "\ud83d\ud83d\ude00", "\uFFFD\ud83d\ude00" },
        { "say \U000E0068\U000E0069\U000E007F!", "say \uFFFD!" },
        { "\U000E0041x\U000E0041", "\uFFFDx\uFFFD" },
        { "\U000E0041\r\n\U000E0041\r\U000E0041", "\uFFFD\n\uFFFD\uFFFD\uFFFD" },
        { "data \u2764\U000E0100\U000E0158\U000E01EF!", "data \u2764\uFFFD!" },
        { "\U000E0080\U000E01F0\U000E0FFF\U000E1000", "\uFFFD\U000E1000" },
        { "a\u200Bb\u2060c\u2061\u2062\u2063\u2064d", "a\uFFFDb\uFFFDc\uFFFD\uFFFD\uFFFD\uFFFDd" },
        { "one\u2028two\u2029three", "one\uFFFDtwo\uFFFDthree" },
        { "a\u061Cb\u00ADc\u180Ed", "a\uFFFDb\uFFFDc\uFFFDd" },
        { "a\uFFF9b\uFFFAc\uFFFB", "a\uFFFDb\uFFFDc\uFFFD" },
    };

    public static TheoryData<string> Harmless =>
    [
        "", "plain\ntext\there", "äöü ß 日本語 한국어", "family \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\u2764\ufe0f \u2764\ufe00 \ud83c\udded\ud83c\uddfa \ud83d\udc4d\ud83c\udffd",
        "עברית \u200f(שלום)\u200e abc", "العربية ١٢٣", "می\u200cخواهم", "e\u0301", "non\u00a0breaking space", "U+FFFD itself: \uFFFD", "\ud840\udc00",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void TakesOutWhatSteersATerminal(string text, string expected) => Assert.Equal(expected, ConsoleText.Clean(text));

    [Theory]
    [MemberData(nameof(Harmless))]
    public void LeavesWhatPeopleWrite(string text) => Assert.Equal(text, ConsoleText.Clean(text));

    [Fact]
    public void TakesNullForEmpty() => Assert.Equal("", ConsoleText.Clean(null));

    [Fact]
    public void LeavesNoControlCharacterButTabAndLineEnd()
    {
        StringBuilder all = new();
        for (int code = 0; code <= char.MaxValue; code++)
            all.Append((char)code).Append('x');
        string clean = ConsoleText.Clean(all.ToString());

        Assert.DoesNotContain(clean, static character => char.IsControl(character) && character is not ('\n' or '\t'));
        Assert.DoesNotContain(clean, char.IsSurrogate);
        Assert.DoesNotContain(clean, IsHiddenFormat);
        Assert.DoesNotContain('\u2028', clean);
        Assert.DoesNotContain('\u2029', clean);
        Assert.Contains("\tx\nx", clean, StringComparison.Ordinal);
    }

    /// <summary>Of the characters that show nothing themselves, only those that people's scripts and emoji need; the signs of Arabic and Syriac numbers show.</summary>
    private static bool IsHiddenFormat(char character) =>
        CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format &&
        character is not ('\u200C' or '\u200D' or '\u200E' or '\u200F' or (>= '\u0600' and <= '\u0605') or '\u06DD' or '\u070F' or '\u0890' or '\u0891' or '\u08E2');

    [Theory]
    [MemberData(nameof(Hostile))]
    public void CleansTheSameWhereverATextIsCut(string text, string expected)
    {
        for (int cut = 0; cut <= text.Length; cut++)
        {
            ConsoleTextCleaner cleaner = new();
            Assert.Equal(expected, cleaner.Add(text[..cut]) + cleaner.Add(text[cut..]) + cleaner.End());
        }

        ConsoleTextCleaner one = new();
        StringBuilder shown = new();
        foreach (char character in text)
            shown.Append(one.Add(character.ToString()));
        Assert.Equal(expected, shown.Append(one.End()).ToString());
    }

    [Fact]
    public void KeepsEmojiThatAreCutInTwo()
    {
        const string text = "\ud83d\udc68\u200d\ud83d\udc69";
        for (int cut = 0; cut <= text.Length; cut++)
        {
            ConsoleTextCleaner cleaner = new();
            Assert.Equal(text, cleaner.Add(text[..cut]) + cleaner.Add(text[cut..]) + cleaner.End());
        }
    }

    [Fact]
    public void KeepsACarriageReturnForTheNextPiece()
    {
        ConsoleTextCleaner cleaner = new();
        Assert.Equal("one", cleaner.Add("one\r"));
        Assert.Equal("", cleaner.Add(""));
        Assert.Equal("\ntwo", cleaner.Add("\ntwo\r"));
        Assert.Equal("\uFFFDover", cleaner.Add("over\r"));
        Assert.Equal("\uFFFD", cleaner.End());
        Assert.Equal("", cleaner.End());
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("one two three", "one two\nthree")]
    [InlineData("one\ntwo three", "one\ntwo\nthree")]
    [InlineData("incomprehensible to me", "incomprehensible\nto me")]
    [InlineData("a \u001b[8m b", "a \uFFFD[8m\nb")]
    public void WrapsBetweenWords(string? text, string expected) => Assert.Equal(expected, ConsoleText.Wrap(text, 7));

    [Fact]
    public void CopiesNothingWhereThereIsNothingToClean()
    {
        string text = new('a', 20);
        Assert.Same(text, ConsoleText.Clean(text));
        Assert.Same(text, new ConsoleTextCleaner().Add(text));
    }
}

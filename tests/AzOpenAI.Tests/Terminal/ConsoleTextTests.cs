using System.Globalization;
using System.Text;

namespace AzOpenAI.Tests.Terminal;

/// <summary>Nothing in a model's text steers a terminal, and nothing that people write is lost.</summary>
public sealed class ConsoleTextTests
{
    public static TheoryData<string, string> Hostile => new()
    {
        { "a\r\nb", "a\nb" },
        { "harmless\rspoofed", "harmlessspoofed" },
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
    };

    public static TheoryData<string> Harmless =>
    [
        "", "plain\ntext\there", "äöü ß 日本語 한국어", "family \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\u2764\ufe0f \ud83c\udded\ud83c\uddfa \ud83d\udc4d\ud83c\udffd",
        "עברית \u200f(שלום)\u200e abc", "العربية ١٢٣ \u061c", "می\u200cخواهم", "e\u0301", "non\u00a0breaking soft\u00adhyphen", "U+FFFD itself: \uFFFD", "\ud840\udc00",
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

        Assert.DoesNotContain(clean, static sign => char.IsControl(sign) && sign is not ('\n' or '\t'));
        Assert.DoesNotContain(clean, char.IsSurrogate);
        Assert.DoesNotContain(clean, static sign => CharUnicodeInfo.GetUnicodeCategory(sign) == UnicodeCategory.Format && sign is >= '\u202A' and <= '\u202E');
        Assert.Contains("\tx\nx", clean, StringComparison.Ordinal);
    }

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
        foreach (char sign in text)
            shown.Append(one.Add(sign.ToString()));
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
    public void CopiesNothingWhereThereIsNothingToClean()
    {
        string text = new('a', 20);
        Assert.Same(text, ConsoleText.Clean(text));
        Assert.Same(text, new ConsoleTextCleaner().Add(text));
    }
}

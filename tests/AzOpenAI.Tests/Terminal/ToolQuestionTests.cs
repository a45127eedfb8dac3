using System.Text.Json;
using AzOpenAI.Terminal;
using AzOpenAI.Tools;

namespace AzOpenAI.Tests.Terminal;

/// <summary>Whatever the model makes the arguments of, the question fits on a screen of 80 by 24 and ends with the tool's name.</summary>
public sealed class ToolQuestionTests
{
    private const int RowsLeft = 24 - 6;

    [Fact]
    public void ShowsShortArgumentsAsTheyAreAndTheToolLast()
    {
        string text = Describe(("Path", "./readme.md"), ("Force", "yes"));
        Assert.Equal("  -Path \"./readme.md\"\n  -Force \"yes\"\nRun Remove-Thing with these 2 arguments?", text);
        Assert.Equal("Run Remove-Thing without arguments?", Describe());
        Assert.EndsWith("Run delete (Remove-Thing) with this argument?", Describe("delete", ("Path", "x")), StringComparison.Ordinal);
    }

    [Fact]
    public void ShortensALongArgumentAndTellsItsLength()
    {
        string text = Describe(("Path", "start" + new string(' ', 5106) + "the end"));
        Assert.Contains("(5,120 characters)", text, StringComparison.Ordinal);
        Assert.Contains("-Path \"start ", text, StringComparison.Ordinal);
        Assert.Contains("the end\" (", text, StringComparison.Ordinal);
        Assert.True(Rows(text) <= RowsLeft, text);
    }

    public static TheoryData<string> Values =>
    [
        new string(' ', 100_000), new string('\n', 100_000), string.Concat(Enumerable.Repeat("a\n", 50_000)), new string('\u202e', 10_000), new string('界', 10_000),
        string.Concat(Enumerable.Repeat("\ud83d\ude00", 10_000)), "\u001b[8m" + new string('x', 10_000), new string('\t', 10_000),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void FitsOnAScreen(string value)
    {
        foreach (int count in (int[])[1, 5, 12, 40, 300])
        {
            string text = Describe([.. Enumerable.Range(0, count).Select(i => ($"Name{i}", value))]);
            Assert.True(Rows(text) <= RowsLeft, $"{count} arguments take {Rows(text)} rows: {text}");
            Assert.EndsWith(count == 1 ? "Run Remove-Thing with this argument?" : $"Run Remove-Thing with these {count} arguments?", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text, static character => char.IsControl(character) && character != '\n');
            Assert.DoesNotContain('\u202e', text);
            Assert.Contains("-Name0 ", text, StringComparison.Ordinal);
            Assert.Equal(text, ConsoleText.Clean(text));
        }
    }

    [Fact]
    public void NamesTheArgumentsThatItHasNoRoomFor()
    {
        string text = Describe([.. Enumerable.Range(0, 40).Select(i => ($"Name{i}", "x"))]);
        Assert.Matches(@"  and \d+ more, not shown: -Name\d+, ", text);
    }

    private static string Describe(params (string Name, string Value)[] arguments) => Describe("Remove-Thing", arguments);

    private static string Describe(string name, params (string Name, string Value)[] arguments) => ToolQuestion.Describe(
        new Tool(name, "{}") { Command = "Remove-Thing" },
        [.. arguments.Select(static argument => new KeyValuePair<string, string>(argument.Name, JsonSerializer.Serialize(argument.Value)))]);

    private static int Rows(string text) => text.Split('\n').Sum(static line => 1 + ((line.EnumerateRunes().Sum(CharacterWidth.Of) - 1) / 80));
}

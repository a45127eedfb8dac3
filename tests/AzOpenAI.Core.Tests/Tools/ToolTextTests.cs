using AzOpenAI.Core.Tools;

namespace AzOpenAI.Core.Tests.Tools;

public sealed class ToolTextTests
{
    [Theory]
    [InlineData("Grüße, 世界 and 😀", "Grüße, 世界 and 😀")]
    [InlineData("", "")]
    [InlineData("a\u001b[2Kb", "a\\u001B[2Kb")]
    [InlineData("a\r\nb\tc", "a\\u000D\\u000Ab\\u0009c")]
    [InlineData("exe\u202egpj.txt", "exe\\u202Egpj.txt")]
    [InlineData("zero\u200bwidth", "zero\\u200Bwidth")]
    [InlineData("line\u2028break\u0085next", "line\\u2028break\\u0085next")]
    [InlineData("tag \U000E0041", "tag \\uDB40\\uDC41")]
    public void Only_what_shows_as_itself_is_left(string text, string shown) => Assert.Equal(shown, ToolText.Plain(text));

    [Fact]
    public void Half_a_character_is_told_by_its_number() => Assert.Equal("a\\uD800b", ToolText.Plain("a" + '\ud800' + "b"));
}

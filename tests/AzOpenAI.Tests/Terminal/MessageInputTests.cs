using AzOpenAI.Terminal;

namespace AzOpenAI.Tests.Terminal;

public sealed class MessageInputTests
{
    [Theory]
    [InlineData("one", "one")]
    [InlineData("one\\|two", "one\ntwo")]
    [InlineData("one\\|two\\|three", "one\ntwo\nthree")]
    [InlineData("one\\|", "one\n")]
    [InlineData("\"\"\"|one||two|\"\"\"", "one\n\ntwo")]
    [InlineData("\"\"\"one|two\"\"\"", "one\ntwo")]
    [InlineData("\"\"\"one\"\"\"", "one")]
    [InlineData("\"\"\"|ends with \\|/help|\"\"\"", "ends with \\\n/help")]
    [InlineData("say \"\"\"", "say \"\"\"")]
    [InlineData("pasted\nlines", "pasted\nlines")]
    public void Lines_become_a_message(string lines, string expected)
    {
        MessageInput input = new();
        string[] all = lines.Split('|');
        for (int i = 0; i < all.Length - 1; i++)
        {
            Assert.Null(input.Add(all[i]));
            Assert.True(input.IsOpen);
        }

        Assert.Equal(expected, input.Add(all[^1]));
        Assert.False(input.IsOpen);
    }

    [Fact]
    public void What_is_there_can_be_taken_before_the_end()
    {
        MessageInput input = new();
        Assert.Null(input.Add("\"\"\""));
        Assert.Null(input.Add("one"));
        Assert.Equal("one", input.TakeAll());
        Assert.False(input.IsOpen);
        Assert.Equal("next", input.Add("next"));
    }
}

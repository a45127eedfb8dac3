using AzOpenAI.HelpBuilder.About;
using AzOpenAI.HelpBuilder.Pages;

namespace AzOpenAI.HelpBuilder.Tests;

public sealed class AboutTopicWriterTests
{
    private const string Topic = """
        # about_Things

        ## Short description

        What things are.

        ## Long description

        Things are **many**. This paragraph is long enough to be broken at the eightieth column, as every console has at least so many.

        - A list item that is long enough as well to be broken, so that its second line must hang below its text.

        ### Code

        ```powershell
        if ($true) {
            Get-Thing -Name 'a line of code that is longer than eighty columns and is left as it is'
        }
        ```

        ## See also

        - [Get-Thing](Get-Thing.md)

        """;

    private static (string[] Lines, IReadOnlyList<PageError> Errors) Write(string text)
    {
        var errors = new PageErrors("about_Things.md");
        string result = AboutTopicWriter.Write(MarkdownFile.Parse("about_Things.md", text, errors), errors);
        return (result.Split('\n'), errors.All);
    }

    [Fact]
    public void The_fifth_line_is_the_synopsis_that_Get_Help_lists()
    {
        var (lines, errors) = Write(Topic);

        Assert.Empty(errors);
        Assert.Equal(["TOPIC", "    about_Things", "", "SHORT DESCRIPTION", "    What things are.", "", "LONG DESCRIPTION"], lines[..7]);
    }

    [Fact]
    public void Text_is_broken_at_80_columns_and_list_items_hang()
    {
        var lines = Write(Topic).Lines;

        Assert.All(lines.Where(line => !line.Contains("Get-Thing -Name", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 80));
        int item = Array.FindIndex(lines, line => line.StartsWith("    - A list item", StringComparison.Ordinal));
        Assert.StartsWith("      ", lines[item + 1], StringComparison.Ordinal);
        Assert.NotEqual(' ', lines[item + 1][6]);
    }

    [Fact]
    public void Code_keeps_its_lines_and_indentation()
    {
        var lines = Write(Topic).Lines;

        int start = Array.IndexOf(lines, "        if ($true) {");
        Assert.True(start > 0);
        Assert.StartsWith("            Get-Thing -Name 'a line of code that is longer than eighty columns", lines[start + 1], StringComparison.Ordinal);
        Assert.Equal("        }", lines[start + 2]);
    }

    [Theory]
    [InlineData("# about_Things", "# about_Stuff", "one title, '# about_Things'")]
    [InlineData("## Short description", "## Description", "'## Short description' is missing")]
    [InlineData("## See also\n\n- [Get-Thing](Get-Thing.md)", "", "'## See also' is missing")]
    [InlineData("What things are.", "This short description is so long that it does not fit into the one line that Get-Help shows.", "one line holds 76")]
    [InlineData("What things are.", "{{ Fill in }}", "The placeholder")]
    [InlineData("- [Get-Thing](Get-Thing.md)", "", "The section See also is empty")]
    public void A_malformed_topic_is_refused(string old, string replacement, string message)
    {
        Assert.Contains(old, Topic, StringComparison.Ordinal);

        Assert.Contains(Write(Topic.Replace(old, replacement, StringComparison.Ordinal)).Errors, error => error.Message.Contains(message, StringComparison.Ordinal));
    }
}

namespace AzOpenAI.HelpBuilder.Tests;

public sealed class CommandPageReaderTests
{
    [Fact]
    public void A_page_is_read_whole()
    {
        var (page, errors) = SamplePage.Read(SamplePage.Text);

        Assert.Empty(errors);
        Assert.NotNull(page);
        Assert.Equal("Get-Thing", page.Name);
        Assert.Equal("Sample.dll-Help.xml", page.HelpFile);
        Assert.Equal("https://example.com/get-thing", page.HelpUri);
        Assert.Equal("Gets things, one after the other.", page.Synopsis);
        Assert.Equal(["ByName", "ByThing"], page.Syntax.Select(block => block.Name));
        Assert.Equal([true, false], page.Syntax.Select(block => block.IsDefault));
        Assert.Equal(["Name", "Size", "Kind", "Force"], page.Syntax[0].Parameters.Select(parameter => parameter.Name));
        Assert.Equal(["Force", "Kind", "Name", "Size", "Thing"], page.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(["Sample.Thing"], page.Inputs.Select(type => type.Name));
        Assert.Equal(["Sample.Thing", "System.String"], page.Outputs.Select(type => type.Name));
        Assert.Equal(["Each thing."], page.Outputs[0].Description);
        Assert.Equal(["Errors:", "- ThingNotFound: there is none."], page.Notes);
        Assert.Equal([("Get-Thing", ""), ("The guide", "https://example.com/guide")], page.RelatedLinks.Select(link => (link.Text, link.Uri)));
    }

    [Fact]
    public void Markdown_becomes_the_text_of_a_console()
    {
        var page = SamplePage.Read(SamplePage.Text).Page!;

        Assert.Equal(
            [
                "Gets things by -Name. See the guide (https://example.com/guide) or Set-Thing.",
                "The order is:",
                "- by name, then by size\n- by age\n  1. old\n  2. new",
                "NOTE: Things are slow.",
            ],
            page.Description);
    }

    [Fact]
    public void Metadata_of_a_parameter_is_read()
    {
        var name = SamplePage.Read(SamplePage.Text).Page!.Parameters.Single(parameter => parameter.Name == "Name");

        Assert.Equal("System.String[]", name.Type);
        Assert.Equal("*", name.DefaultValue);
        Assert.True(name.SupportsWildcards);
        Assert.Equal(["ThingName", "N"], name.Aliases);
        Assert.Equal(["Its name. One of:", "- a full name\n- a pattern"], name.Description);
        var set = Assert.Single(name.Sets);
        Assert.Equal(("ByName", 0, false, false, true), (set.Name, set.Position, set.IsRequired, set.ByValue, set.ByPropertyName));
    }

    [Fact]
    public void Text_before_and_after_the_code_of_an_example_is_told_apart()
    {
        var examples = SamplePage.Read(SamplePage.Text).Page!.Examples;

        Assert.Equal("Example 1: Get one thing", examples[0].Title);
        Assert.Equal(["Asks for one."], examples[0].Introduction);
        Assert.Equal("Get-Thing -Name 'a & b <c>' |\n    Where-Object { $_.Text -like ']]>' } # \"quoted\" &amp; {{0}}", examples[0].Code);
        Assert.Equal(["Name   Size\n----   ----\na & b     1", "The thing is there."], examples[0].Remarks);
        Assert.Empty(examples[1].Introduction);
        Assert.Equal(["Needs a subscription."], examples[1].Remarks);
    }

    [Theory]
    [InlineData("## SYNOPSIS\n\nGets things, one\nafter the other.", "", 1, "The section '## SYNOPSIS' is missing.")]
    [InlineData("## NOTES\n\nErrors:\n\n- **ThingNotFound**: there is none.", "", 1, "The section '## NOTES' is missing.")]
    [InlineData("## NOTES", "## REMARKS", -1, "Unknown heading 'REMARKS'")]
    [InlineData("## NOTES", "## OUTPUTS", -1, "The section OUTPUTS is there twice.")]
    [InlineData("## INPUTS", "## NOTES", -1, "The section OUTPUTS stands too late")]
    [InlineData("### Sample.Thing", "#### Sample.Thing", -1, "no section has headings of level 4")]
    [InlineData("# Get-Thing", "# Get-Things", -1, "The title is 'Get-Things', the file is named after 'Get-Thing'.")]
    [InlineData("Does not ask.", "", 0, "The parameter -Force has no description.")]
    [InlineData("Does not ask.", "{{ Fill Force Description }}", -1, "The placeholder '{{ Fill Force Description }}' is not filled in.")]
    [InlineData("Get-Thing -Name 'a & b <c>' |", "{{ Add example code here }}", -1, "The placeholder '{{ Add example code here }}'")]
    [InlineData("### -Kind", "### Kind", -1, "Unknown heading 'Kind': a parameter is '### -Name'.")]
    [InlineData("### -Kind", "### -Force", -1, "The parameter -Force is there twice.")]
    [InlineData("### CommonParameters\n\nThis cmdlet supports the common parameters.", "", 0, "PARAMETERS lacks '### CommonParameters'.")]
    [InlineData("### Example 2: Get it from Azure", "### Example 3: Get it from Azure", -1, "'Example 2: what it shows'")]
    [InlineData("Needs a subscription.", "", 0, "'Example 2: Get it from Azure' does not say what it shows.")]
    [InlineData("```powershell azure", "```bash", -1, "A code block in an example is fenced and marked")]
    [InlineData("```powershell azure", "```powershell sometimes", -1, "'sometimes' means nothing")]
    [InlineData("Gets **things**", "| a | b |\n| - | - |\n\nGets **things**", -1, "A table cannot be shown")]
    [InlineData("Gets **things**", "<div>x</div>\n\nGets **things**", -1, "A block of HTML has no form in help text")]
    [InlineData("document type: cmdlet\n", "", 1, "The front matter lacks 'document type'.")]
    [InlineData("PlatyPS schema version: 2024-05-01", "PlatyPS schema version: 2.0.0", -1, "'PlatyPS schema version' is '2.0.0', not '2024-05-01'.")]
    [InlineData("title: Get-Thing", "title", -1, "'title' is not of the form 'key: value'.")]
    [InlineData("DefaultValue: '*'", "DefaultValue: *", -1, "The value * must stand in single quotes.")]
    [InlineData("SupportsWildcards: true", "SupportsWildcards: maybe", -1, "'SupportsWildcards' is true or false, not 'maybe'.")]
    [InlineData("  Position: 0\n", "  Position: first\n", 0, "The position of -Name is 'first'")]
    [InlineData("- [Get-Thing](Get-Thing.md)", "- [Get-Thing](Gone.md)", -1, "The related link 'Gone.md' leads to no page of this folder.")]
    [InlineData("- [Get-Thing](Get-Thing.md)", "Text.\n", -1, "RELATED LINKS holds only list items")]
    [InlineData("[-Size <int>] [-Kind", "[-Kind", 0, "-Size is not shown in SYNTAX 'ByName'.")]
    [InlineData("[-Size <int>] [-Kind", "[-Size <int>] [-Colour <string>] [-Kind", 0, "-Colour is in SYNTAX 'ByName' and not described.")]
    [InlineData("[-Size <int>] [-Kind", "[-Size <long>] [-Kind", 0, "is its type long or")]
    [InlineData("[-Size <int>] [-Kind", "-Size <int> [-Kind", 0, "differ in -Size: is it required?")]
    [InlineData("[[-Name] <string[]>]", "[-Name <string[]>]", 0, "differ in -Name: has it a position?")]
    [InlineData(" -Thing <Thing>", " -Thing <Thing> [-Force]", 0, "differ in -Force: is it in this set?")]
    [InlineData("- Name: ByThing", "- Name: ByMagic", 0, "the parameter set 'ByMagic', which SYNTAX does not show")]
    [InlineData(" [<CommonParameters>]\n```\n\n### ByThing", "\n```\n\n### ByThing", 0, "A syntax ends with [<CommonParameters>].")]
    [InlineData("## SYNOPSIS\n\nGets", "## SYNOPSIS\n\nTwo.\n\nGets", 0, "SYNOPSIS is one paragraph.")]
    public void A_malformed_page_is_refused_with_the_line(string old, string replacement, int line, string message)
    {
        string text = SamplePage.With(old, replacement);

        var (page, errors) = SamplePage.Read(text);

        Assert.Null(page);
        var error = Assert.Single(errors, error => error.Message.Contains(message, StringComparison.Ordinal));
        Assert.EndsWith("Get-Thing.md", error.File, StringComparison.Ordinal);
        // -1: the line that was changed; 0: somewhere near; else that line.
        if (line == -1)
            Assert.InRange(error.Line, SamplePage.LineOf(old), SamplePage.LineOf(old) + replacement.Count(character => character == '\n') + 6);
        else if (line > 0)
            Assert.Equal(line, error.Line);
        else
            Assert.InRange(error.Line, 1, text.Count(character => character == '\n'));
    }

    [Fact]
    public void A_page_without_examples_is_refused()
    {
        int start = SamplePage.Text.IndexOf("### Example 1", StringComparison.Ordinal);
        int end = SamplePage.Text.IndexOf("## PARAMETERS", StringComparison.Ordinal);

        var errors = SamplePage.Read(SamplePage.Text[..start] + SamplePage.Text[end..]).Errors;

        var error = Assert.Single(errors);
        Assert.Equal("The page has no examples.", error.Message);
        Assert.Equal(SamplePage.LineOf("## EXAMPLES"), error.Line);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        string text = SamplePage.Text
            .Replace("Does not ask.", "", StringComparison.Ordinal)
            .Replace("In metres.", "", StringComparison.Ordinal)
            .Replace("### -Kind", "### Kind", StringComparison.Ordinal);

        Assert.Equal(3, SamplePage.Read(text).Errors.Count);
    }

    [Fact]
    public void Windows_line_ends_make_no_difference()
    {
        var (page, errors) = SamplePage.Read(SamplePage.Text.ReplaceLineEndings("\r\n"));

        Assert.Empty(errors);
        Assert.Equal(SamplePage.Read(SamplePage.Text).Page!.Examples[0].Code, page!.Examples[0].Code);
    }

    [Fact]
    public void A_control_character_is_refused_with_its_line()
    {
        var errors = SamplePage.Read(SamplePage.With("In metres.", "In\u0001 metres.")).Errors;

        var error = Assert.Single(errors);
        Assert.Equal(SamplePage.LineOf("In metres."), error.Line);
    }
}

using System.Xml.Linq;
using AzOpenAI.HelpBuilder.Maml;

namespace AzOpenAI.HelpBuilder.Tests;

public sealed class MamlWriterTests
{
    private static readonly XNamespace Maml = MamlWriter.Maml;
    private static readonly XNamespace Command = MamlWriter.Command;
    private static readonly XNamespace Dev = MamlWriter.Dev;

    private static XElement Write(string? text = null)
    {
        var (page, errors) = SamplePage.Read(text ?? SamplePage.Text);
        Assert.Empty(errors);
        var root = XDocument.Parse(MamlWriter.Write([page!])).Root!;
        Assert.Equal("maml", root.Attribute("schema")?.Value);
        Assert.Equal(MamlWriter.Root + "helpItems", root.Name);
        return Assert.Single(root.Elements(Command + "command"));
    }

    private static IEnumerable<string> Paragraphs(XElement? element) => element!.Elements(Maml + "para").Select(para => para.Value);

    [Fact]
    public void The_command_is_named_and_described()
    {
        var command = Write();

        var details = command.Element(Command + "details")!;
        Assert.Equal("Get-Thing", details.Element(Command + "name")?.Value);
        Assert.Equal("Get", details.Element(Command + "verb")?.Value);
        Assert.Equal("Thing", details.Element(Command + "noun")?.Value);
        Assert.Equal(["Gets things, one after the other."], Paragraphs(details.Element(Maml + "description")));
        Assert.Equal(4, Paragraphs(command.Element(Maml + "description")).Count());
        Assert.Contains("- by name, then by size\n- by age\n  1. old\n  2. new", Paragraphs(command.Element(Maml + "description")));
    }

    [Fact]
    public void Each_parameter_set_is_a_syntax_of_its_own()
    {
        var items = Write().Element(Command + "syntax")!.Elements(Command + "syntaxItem").ToList();

        Assert.Equal(2, items.Count);
        Assert.All(items, item => Assert.Equal("Get-Thing", item.Element(Maml + "name")?.Value));
        Assert.Equal(["Name", "Size", "Kind", "Force"], Names(items[0]));
        Assert.Equal(["Thing", "Size"], Names(items[1]));
        Assert.Equal("0", items[0].Elements(Command + "parameter").First().Attribute("position")?.Value);
        Assert.Equal("true", items[1].Elements(Command + "parameter").First().Attribute("required")?.Value);
        Assert.Null(items[0].Elements(Command + "parameter").Last().Element(Command + "parameterValue"));

        static IEnumerable<string> Names(XElement item) => item.Elements(Command + "parameter").Select(parameter => parameter.Element(Maml + "name")!.Value);
    }

    [Theory]
    [InlineData("Name", "false", "0", "True (ByPropertyName)", "ThingName, N", "true", "*", "string[]", "System.String[]")]
    [InlineData("Thing", "true", "named", "True (ByValue, ByPropertyName)", "none", "false", "None", "Thing", "Sample.Thing")]
    [InlineData("Size", "false", "named", "False", "none", "false", "None", "int", "System.Nullable`1[System.Int32]")]
    [InlineData("Force", "false", "named", "False", "none", "false", "None", null, "System.Management.Automation.SwitchParameter")]
    public void A_parameter_carries_its_attributes(
        string name, string required, string position, string pipeline, string aliases, string globbing, string defaultValue, string? value, string type)
    {
        var parameter = Parameter(Write(), name);

        Assert.Equal(required, parameter.Attribute("required")?.Value);
        Assert.Equal(position, parameter.Attribute("position")?.Value);
        Assert.Equal(pipeline, parameter.Attribute("pipelineInput")?.Value);
        Assert.Equal(aliases, parameter.Attribute("aliases")?.Value);
        Assert.Equal(globbing, parameter.Attribute("globbing")?.Value);
        Assert.Equal(defaultValue, parameter.Element(Dev + "defaultValue")?.Value);
        Assert.Equal(value, parameter.Element(Command + "parameterValue")?.Value);
        Assert.Equal(type, parameter.Element(Dev + "type")?.Element(Maml + "name")?.Value);
        Assert.NotEmpty(Paragraphs(parameter.Element(Maml + "description")));
    }

    [Fact]
    public void Accepted_values_are_shown_in_the_syntax_and_in_the_text()
    {
        var command = Write();

        var inSyntax = command.Descendants(Command + "syntaxItem").First().Elements(Command + "parameter").Single(element => element.Element(Maml + "name")?.Value == "Kind");
        Assert.Equal(["Small", "Large"], inSyntax.Element(Command + "parameterValueGroup")!.Elements().Select(element => element.Value));
        Assert.Contains("Accepted values: Small, Large", Paragraphs(Parameter(command, "Kind").Element(Maml + "description")));
    }

    [Fact]
    public void Code_survives_as_it_is_written()
    {
        var example = Write().Descendants(Command + "example").First();

        Assert.Equal("--------- Example 1: Get one thing ---------", example.Element(Maml + "title")?.Value);
        Assert.Equal(["Asks for one.\n\n"], Paragraphs(example.Element(Maml + "introduction")));
        Assert.Equal(
            "Get-Thing -Name 'a & b <c>' |\n    Where-Object { $_.Text -like ']]>' } # \"quoted\" &amp; {{0}}", example.Element(Dev + "code")?.Value);
        Assert.Equal(["Name   Size\n----   ----\na & b     1", "The thing is there.", ""], Paragraphs(example.Element(Dev + "remarks")));
    }

    [Fact]
    public void Hostile_text_outside_of_code_survives_too()
    {
        var command = Write(SamplePage.With("In metres.", "Not `<![CDATA[x]]>` & not `</maml:para>`, but \u00e9\u4e2d\U0001F600."));

        Assert.Equal(["Not <![CDATA[x]]> & not </maml:para>, but \u00e9\u4e2d\U0001F600."], Paragraphs(Parameter(command, "Size").Element(Maml + "description")));
    }

    [Fact]
    public void Inputs_outputs_notes_and_links_are_there()
    {
        var command = Write();

        Assert.Equal(["Sample.Thing"], Types("inputTypes", "inputType"));
        Assert.Equal(["Sample.Thing", "System.String"], Types("returnValues", "returnValue"));
        Assert.Equal(["Errors:", "- ThingNotFound: there is none."], Paragraphs(command.Element(Maml + "alertSet")!.Element(Maml + "alert")));
        Assert.Equal(
            [("Online Version", "https://example.com/get-thing"), ("Get-Thing", ""), ("The guide", "https://example.com/guide")],
            command.Element(Command + "relatedLinks")!.Elements().Select(link => (link.Element(Maml + "linkText")!.Value, link.Element(Maml + "uri")!.Value)));

        IEnumerable<string> Types(string list, string item) =>
            command.Element(Command + list)!.Elements(Command + item).Select(type => type.Element(Dev + "type")!.Element(Maml + "name")!.Value);
    }

    private static XElement Parameter(XElement command, string name) =>
        command.Element(Command + "parameters")!.Elements().Single(element => element.Element(Maml + "name")?.Value == name);
}

using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using AzOpenAI.HelpBuilder.Pages;

namespace AzOpenAI.HelpBuilder.Maml;

/// <summary>Writes pages as the MAML that PowerShell's help system reads.</summary>
internal static class MamlWriter
{
    public static readonly XNamespace Root = "http://msh";
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private const string None = "None";

    public static string Write(IEnumerable<CommandPage> pages)
    {
        var root = new XElement(
            Root + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            pages.OrderBy(page => page.Name, StringComparer.OrdinalIgnoreCase).Select(WriteCommand));
        using var text = new Utf8StringWriter();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Replace };
        using (var xml = XmlWriter.Create(text, settings))
            root.Save(xml);
        return text + "\n";
    }

    private static XElement WriteCommand(CommandPage page)
    {
        string[] name = page.Name.Split('-', 2);
        return new XElement(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                Paragraphs(Maml + "description", [page.Synopsis]),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name.Length > 1 ? name[1] : "")),
            Paragraphs(Maml + "description", page.Description),
            new XElement(Command + "syntax", page.Syntax.Select(block => WriteSyntax(page, block))),
            new XElement(Command + "parameters", page.Parameters.Where(parameter => !parameter.DontShow).Select(WriteParameter)),
            new XElement(Command + "inputTypes", page.Inputs.Select(type => WriteType(Command + "inputType", type))),
            new XElement(Command + "returnValues", page.Outputs.Select(type => WriteType(Command + "returnValue", type))),
            new XElement(Maml + "alertSet", Paragraphs(Maml + "alert", page.Notes)),
            new XElement(Command + "examples", page.Examples.Select(WriteExample)),
            new XElement(Command + "relatedLinks", WriteLinks(page)));
    }

    private static XElement WriteSyntax(CommandPage page, SyntaxBlock block) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", page.Name),
        block.Parameters.Select(shown =>
        {
            var parameter = page.Parameters.First(candidate => candidate.Name == shown.Name);
            var set = parameter.InSet(block.Name)!;
            return new XElement(
                Command + "parameter",
                Attributes(parameter, [set]),
                new XElement(Maml + "name", parameter.Name),
                Paragraphs(Maml + "description", parameter.Description),
                ValueGroup(parameter),
                ParameterValue(parameter));
        }));

    private static XElement WriteParameter(PageParameter parameter) => new(
        Command + "parameter",
        Attributes(parameter, parameter.Sets),
        new XElement(Maml + "name", parameter.Name),
        Paragraphs(
            Maml + "description",
            parameter.AcceptedValues.Count == 0 ? parameter.Description : [.. parameter.Description, $"Accepted values: {string.Join(", ", parameter.AcceptedValues)}"]),
        ValueGroup(parameter),
        ParameterValue(parameter),
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", parameter.DefaultValue.Length > 0 ? parameter.DefaultValue : None));

    private static IEnumerable<XAttribute> Attributes(PageParameter parameter, IReadOnlyList<PageParameterSet> sets)
    {
        bool byValue = sets.Any(set => set.ByValue);
        bool byPropertyName = sets.Any(set => set.ByPropertyName);
        var sources = new List<string>();
        if (byValue)
            sources.Add("ByValue");
        if (byPropertyName)
            sources.Add("ByPropertyName");
        int? position = sets.Select(set => set.Position).FirstOrDefault(index => index is not null);
        yield return new XAttribute("required", sets.Any(set => set.IsRequired));
        yield return new XAttribute("variableLength", parameter.Type.EndsWith("[]", StringComparison.Ordinal));
        yield return new XAttribute("globbing", parameter.SupportsWildcards);
        yield return new XAttribute("pipelineInput", sources.Count == 0 ? "False" : $"True ({string.Join(", ", sources)})");
        yield return new XAttribute("position", position?.ToString(CultureInfo.InvariantCulture) ?? "named");
        yield return new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none");
    }

    private static XElement? ValueGroup(PageParameter parameter) => parameter.AcceptedValues.Count == 0 ? null : new XElement(
        Command + "parameterValueGroup",
        parameter.AcceptedValues.Select(value => new XElement(
            Command + "parameterValue", new XAttribute("required", false), new XAttribute("variableLength", false), value)));

    private static XElement? ParameterValue(PageParameter parameter) => parameter.IsSwitch ? null : new XElement(
        Command + "parameterValue",
        new XAttribute("required", true),
        new XAttribute("variableLength", parameter.Type.EndsWith("[]", StringComparison.Ordinal)),
        SyntaxCheck.ShortName(parameter.Type));

    private static XElement WriteType(XName element, PageType type) => new(
        element,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
        Paragraphs(Maml + "description", type.Description));

    private static XElement WriteExample(PageExample example) => new(
        Command + "example",
        new XElement(Maml + "title", $"--------- {example.Title} ---------"),
        WriteIntroduction(example.Introduction),
        new XElement(Dev + "code", example.Code),
        // The empty paragraph parts this example from the title of the next.
        Paragraphs(Dev + "remarks", [.. example.Remarks, ""]));

    /// <summary>
    /// The shell prints the paragraphs of an introduction, and the code behind them, without a line between; but it keeps the white space of the last
    /// paragraph. So all of it is one paragraph that ends with an empty line.
    /// </summary>
    private static XElement WriteIntroduction(IReadOnlyList<string> paragraphs) =>
        Paragraphs(Maml + "introduction", paragraphs.Count == 0 ? [] : [string.Join("\n\n", paragraphs) + "\n\n"]);

    private static IEnumerable<XElement> WriteLinks(CommandPage page)
    {
        IEnumerable<PageLink> links = page.HelpUri.Length > 0 ? [new PageLink("Online Version", page.HelpUri), .. page.RelatedLinks] : page.RelatedLinks;
        return links.Select(link => new XElement(
            Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Uri)));
    }

    private static XElement Paragraphs(XName element, IEnumerable<string> paragraphs) =>
        new(element, paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph)));

    private sealed class Utf8StringWriter() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}

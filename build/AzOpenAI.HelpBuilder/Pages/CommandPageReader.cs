using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>Reads a page in the layout of Microsoft.PowerShell.PlatyPS 1.x (schema 2024-05-01), more strictly than that module does.</summary>
internal static class CommandPageReader
{
    private const string SchemaVersion = "2024-05-01";
    private const string OptionalSection = "ALIASES";

    private static readonly string[] SectionOrder =
        ["SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    /// <summary>Reads the page, or adds to the errors and gives null.</summary>
    public static CommandPage? Read(MarkdownFile file, PageErrors errors)
    {
        CheckTitle(file, errors);
        var metadata = ReadMetadata(file, errors);
        var sections = ReadSections(file, errors);
        if (errors.All.Count > 0)
            return null;

        var page = new CommandPage
        {
            Name = file.Name,
            HelpFile = metadata["external help file"],
            HelpUri = metadata["HelpUri"],
            Synopsis = ReadSynopsis(sections["SYNOPSIS"], errors),
            Syntax = SyntaxReader.Read(sections["SYNTAX"], file.Name, errors),
            Description = sections["DESCRIPTION"].Text(errors),
            Examples = ExampleReader.Read(sections["EXAMPLES"], errors),
            Parameters = ParameterReader.Read(sections["PARAMETERS"], errors),
            Inputs = ReadTypes(sections["INPUTS"], errors),
            Outputs = ReadTypes(sections["OUTPUTS"], errors),
            Notes = sections["NOTES"].Text(errors),
            RelatedLinks = ReadLinks(sections["RELATED LINKS"], file, errors),
        };
        if (errors.All.Count == 0)
            SyntaxCheck.Compare(page, errors);
        return errors.All.Count > 0 ? null : page;
    }

    private static void CheckTitle(MarkdownFile file, PageErrors errors)
    {
        var titles = Section.Split(file.Body, 1, out var before);
        if (titles.Count == 0)
            errors.Add(1, $"The title '# {file.Name}' is missing.");
        else if (titles[0].Title != file.Name)
            errors.Add(titles[0].Line, $"The title is '{titles[0].Title}', the file is named after '{file.Name}'.");
        if (titles.Count > 1)
            errors.Add(titles[1].Line, $"Unknown heading '{titles[1].Title}': a page has one title.");
        if (before.FirstOrDefault(block => block is not LinkReferenceDefinitionGroup) is Block stray)
            errors.Add(stray.Line + 1, "Text stands before the title.");
    }

    private static Dictionary<string, string> ReadMetadata(MarkdownFile file, PageErrors errors)
    {
        var metadata = file.Metadata.ToDictionary(entry => entry.Key, entry => entry.Text ?? "", StringComparer.Ordinal);
        foreach (string key in (string[])["document type", "external help file", "HelpUri", "Locale", "Module Name", "ms.date", "PlatyPS schema version", "title"])
        {
            if (!metadata.TryGetValue(key, out string? value))
                errors.Add(1, $"The front matter lacks '{key}'.");
            else if (value.Length == 0 && key != "HelpUri")
                errors.Add(1, $"The front matter's '{key}' is empty.");
        }

        Require("document type", "cmdlet");
        Require("PlatyPS schema version", SchemaVersion);
        Require("title", file.Name);
        return metadata;

        void Require(string key, string expected)
        {
            if (file.Metadata.FirstOrDefault(entry => entry.Key == key) is YamlEntry entry && entry.Text != expected)
                errors.Add(entry.Line, $"The front matter's '{key}' is '{entry.Text}', not '{expected}'.");
        }
    }

    private static Dictionary<string, Section> ReadSections(MarkdownFile file, PageErrors errors)
    {
        var byTitle = new Dictionary<string, Section>(StringComparer.Ordinal);
        int last = -1;
        foreach (Section section in Section.Split(file.Body.Where(block => block is not HeadingBlock { Level: 1 }), 2, out var before))
        {
            if (before.Count > 0)
            {
                errors.Add(before[0].Line + 1, "Text stands between the title and the first section.");
                before.Clear();
            }

            int order = Array.IndexOf(SectionOrder, section.Title);
            if (order < 0)
                errors.Add(section.Line, $"Unknown heading '{section.Title}'. The sections are: {string.Join(", ", SectionOrder)}.");
            else if (!byTitle.TryAdd(section.Title, section))
                errors.Add(section.Line, $"The section {section.Title} is there twice.");
            else if (order < last)
                errors.Add(section.Line, $"The section {section.Title} stands too late. The order is: {string.Join(", ", SectionOrder)}.");
            last = Math.Max(last, order);
            foreach (HeadingBlock heading in section.Blocks.OfType<HeadingBlock>().Where(heading => heading.Level > 3))
                errors.Add(heading.Line + 1, $"Unknown heading '{PlainText.FromInline(heading.Inline)}': no section has headings of level {heading.Level}.");
        }

        foreach (string title in SectionOrder.Where(title => title != OptionalSection && !byTitle.ContainsKey(title)))
            errors.Add(1, $"The section '## {title}' is missing.");
        return byTitle;
    }

    private static string ReadSynopsis(Section section, PageErrors errors)
    {
        var text = section.Text(errors);
        if (text.Count > 1 || (text.Count == 1 && text[0].Contains('\n', StringComparison.Ordinal)))
            errors.Add(section.Line, "SYNOPSIS is one paragraph.");
        return text.Count > 0 ? text[0] : "";
    }

    private static List<PageType> ReadTypes(Section section, PageErrors errors)
    {
        var types = section.Children(errors).Select(child => new PageType(child.Title, PlainText.Paragraphs(child.Blocks, errors))).ToList();
        if (types.Count == 0)
            errors.Add(section.Line, $"The section {section.Title} names no type: write '### None' where there is none.");
        return types;
    }

    private static List<PageLink> ReadLinks(Section section, MarkdownFile file, PageErrors errors)
    {
        var links = new List<PageLink>();
        foreach (Block block in section.Blocks)
        {
            if (block is not ListBlock list)
            {
                errors.Add(block.Line + 1, "RELATED LINKS holds only list items of the form '- [text](address)'.");
                continue;
            }

            foreach (Block item in list)
            {
                if (item.Descendants<LinkInline>().ToList() is not [LinkInline { Url: string url } link])
                    errors.Add(item.Line + 1, "A related link has the form '- [text](address)'.");
                else if (url.Contains("://", StringComparison.Ordinal))
                    links.Add(new PageLink(PlainText.FromInline(link), url));
                else if (File.Exists(Path.Combine(file.Folder, url)))
                    links.Add(new PageLink(PlainText.FromInline(link), ""));
                else
                    errors.Add(item.Line + 1, $"The related link '{url}' leads to no page of this folder.");
            }
        }

        if (section.Blocks.Count == 0)
            errors.Add(section.Line, "The section RELATED LINKS is empty.");
        return links;
    }
}

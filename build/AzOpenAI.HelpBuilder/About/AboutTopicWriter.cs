using System.Text;
using AzOpenAI.HelpBuilder.Pages;
using Markdig.Syntax;

namespace AzOpenAI.HelpBuilder.About;

/// <summary>
/// Writes an about topic as text of 80 columns. Get-Help takes the fifth line as the synopsis, so the layout begins:
/// TOPIC, the name, an empty line, SHORT DESCRIPTION, the description.
/// </summary>
internal static class AboutTopicWriter
{
    private const int Width = 80;
    private const string ShortDescription = "Short description";
    private const string LongDescription = "Long description";
    private const string SeeAlso = "See also";
    private const string Indent = "    ";

    public static string Write(MarkdownFile file, PageErrors errors)
    {
        var titles = Section.Split(file.Body, 1, out _);
        if (titles.Count != 1 || titles[0].Title != file.Name)
            errors.Add(titles.Count > 0 ? titles[^1].Line : 1, $"An about topic has one title, '# {file.Name}'.");
        var sections = titles.Count == 0 ? [] : Section.Split(titles[0].Blocks, 2, out _);
        foreach (string required in (string[])[ShortDescription, LongDescription, SeeAlso])
        {
            if (sections.All(section => section.Title != required))
                errors.Add(1, $"The section '## {required}' is missing.");
        }

        if (sections.Count > 0 && sections[0].Title != ShortDescription)
            errors.Add(sections[0].Line, $"The first section is '## {ShortDescription}'.");
        else if (sections.Count > 0 && sections[0].Text(errors) is [string description, ..] && Indent.Length + description.Length > Width)
            errors.Add(sections[0].Line, $"The short description has {description.Length} characters; one line holds {Width - Indent.Length}.");

        var text = new StringBuilder("TOPIC\n" + Indent + file.Name + "\n");
        foreach (Section section in sections)
        {
            _ = text.Append('\n').Append(section.Title.ToUpperInvariant()).Append('\n');
            AppendBlocks(section, text, errors);
        }

        return text.ToString();
    }

    private static void AppendBlocks(Section section, StringBuilder text, PageErrors errors)
    {
        bool first = true;
        foreach (Block block in section.Blocks)
        {
            if (!first)
                _ = text.Append('\n');
            first = false;
            switch (block)
            {
                case HeadingBlock { Level: 3 } heading:
                    _ = text.Append("  ").Append(PlainText.FromInline(heading.Inline)).Append('\n');
                    first = true;
                    break;
                case CodeBlock code:
                    foreach (string line in PlainText.Code(code).Split('\n'))
                        _ = text.Append((Indent + Indent + line).TrimEnd()).Append('\n');
                    break;
                default:
                    foreach (string line in PlainText.Paragraphs([block], errors).SelectMany(paragraph => paragraph.Split('\n')))
                        Wrap(line, text);
                    break;
            }
        }

        if (first)
            errors.Add(section.Line, $"The section {section.Title} is empty.");
    }

    /// <summary>Breaks at spaces; a word longer than a line stays whole. Lines of a list item hang below its text.</summary>
    private static void Wrap(string line, StringBuilder text)
    {
        int lead = line.Length - line.TrimStart().Length;
        string rest = line[lead..];
        int hang = rest.StartsWith("- ", StringComparison.Ordinal) ? 2 : rest.Length > 2 && char.IsAsciiDigit(rest[0]) && rest[1..3] == ". " ? 3 : 0;
        string first = Indent + new string(' ', lead);
        string next = first + new string(' ', hang);
        var current = new StringBuilder(first);
        bool empty = true;
        foreach (string word in rest.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && current.Length + 1 + word.Length > Width)
            {
                _ = text.Append(current).Append('\n');
                _ = current.Clear().Append(next);
                empty = true;
            }

            _ = current.Append(empty ? "" : " ").Append(word);
            empty = false;
        }

        _ = text.Append(current).Append('\n');
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>Resolves markdown to the text that a console shows.</summary>
internal static partial class PlainText
{
    /// <summary>One text per block: a paragraph on one line, a list or code on as many lines as it has items or lines.</summary>
    public static IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks, PageErrors errors)
    {
        var paragraphs = new List<string>();
        foreach (Block block in blocks)
        {
            string text = FromBlock(block, errors);
            if (text.Length > 0)
                paragraphs.Add(text);
        }

        return paragraphs;
    }

    /// <summary>The text of the lines between the fences, without the indentation that all lines share.</summary>
    public static string Code(LeafBlock block)
    {
        string[] lines = block.Lines.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        int shared = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length >= shared ? line[shared..].TrimEnd() : ""));
    }

    public static string FromInline(ContainerInline? container)
    {
        var text = new StringBuilder();
        Append(container, text);
        return text.ToString().Trim();
    }

    private static string FromBlock(Block block, PageErrors errors)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                string text = FromInline(paragraph.Inline);
                if (text.StartsWith('|'))
                    errors.Add(block.Line + 1, "A table cannot be shown in a console: write a list.");
                return text;
            case ListBlock list:
                return FromList(list, errors);
            case QuoteBlock quote:
                return AlertMarker().Replace(string.Join('\n', Paragraphs(quote, errors)), "$1: ");
            case CodeBlock code:
                return Code(code);
            default:
                errors.Add(block.Line + 1, $"A {Describe(block)} has no form in help text: use paragraphs, lists and fenced code.");
                return "";
        }
    }

    private static string FromList(ListBlock list, PageErrors errors)
    {
        var text = new StringBuilder();
        int number = int.TryParse(list.OrderedStart, out int start) ? start : 1;
        foreach (Block item in list)
        {
            string marker = list.IsOrdered ? $"{number++}. " : "- ";
            string content = string.Join('\n', Paragraphs((ContainerBlock)item, errors));
            string indent = new(' ', marker.Length);
            _ = text.Append(text.Length > 0 ? "\n" : "").Append(marker).Append(content.Replace("\n", "\n" + indent, StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private static void Append(ContainerInline? container, StringBuilder text)
    {
        foreach (Inline inline in container ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LinkInline link:
                    Append(link, text);
                    if (link.Url is string url && url.Contains("://", StringComparison.Ordinal) && !text.ToString().EndsWith(url, StringComparison.Ordinal))
                        _ = text.Append(" (").Append(url).Append(')');
                    break;
                case ContainerInline inner:
                    Append(inner, text);
                    break;
                case LiteralInline literal:
                    _ = text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    _ = text.Append(code.Content);
                    break;
                case LineBreakInline lineBreak:
                    _ = text.Append(lineBreak.IsHard ? '\n' : ' ');
                    break;
                case AutolinkInline autolink:
                    _ = text.Append(autolink.Url);
                    break;
                case HtmlEntityInline entity:
                    _ = text.Append(entity.Transcoded.AsSpan());
                    break;
                case HtmlInline html:
                    _ = text.Append(html.Tag);
                    break;
            }
        }
    }

    private static string Describe(Block block) => block switch
    {
        HtmlBlock => "block of HTML",
        HeadingBlock => "heading here",
        ThematicBreakBlock => "horizontal rule",
        _ => block.GetType().Name,
    };

    [GeneratedRegex(@"^\[!(\w+)\]\s*")]
    private static partial Regex AlertMarker();
}

using Markdig.Syntax;

namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>A heading with the blocks below it, up to the next heading of its level.</summary>
internal sealed record Section(string Title, int Line, IReadOnlyList<Block> Blocks)
{
    /// <summary>Cuts blocks into sections of a level.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="level">Level of the headings to cut at.</param>
    /// <param name="before">What stands before the first heading.</param>
    public static List<Section> Split(IEnumerable<Block> blocks, int level, out List<Block> before)
    {
        before = [];
        var sections = new List<Section>();
        var current = before;
        foreach (Block block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
            {
                current = [];
                sections.Add(new Section(PlainText.FromInline(heading.Inline), block.Line + 1, current));
            }
            else
            {
                current.Add(block);
            }
        }

        return sections;
    }

    /// <summary>The same, where nothing may stand before the first heading.</summary>
    public List<Section> Children(PageErrors errors)
    {
        var children = Split(Blocks, 3, out var before);
        if (before.Count > 0)
            errors.Add(before[0].Line + 1, $"{Title}: text must stand below a heading of level 3.");
        return children;
    }

    /// <summary>The blocks as plain paragraphs; an error where there are none.</summary>
    public IReadOnlyList<string> Text(PageErrors errors)
    {
        var text = PlainText.Paragraphs(Blocks, errors);
        if (text.Count == 0)
            errors.Add(Line, $"The section {Title} is empty.");
        return text;
    }
}

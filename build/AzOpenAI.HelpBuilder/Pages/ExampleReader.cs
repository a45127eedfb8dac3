using System.Globalization;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>Reads EXAMPLES. Each has a numbered title, text that says what it shows, and exactly one block of PowerShell.</summary>
internal static partial class ExampleReader
{
    private static readonly string[] OtherLanguages = ["Output", "json", "text"];

    public static List<PageExample> Read(Section section, PageErrors errors)
    {
        var examples = new List<PageExample>();
        foreach (Section child in section.Children(errors))
        {
            CheckTitle(child, examples.Count + 1, errors);
            examples.Add(ReadExample(child, errors));
        }

        if (examples.Count == 0)
            errors.Add(section.Line, "The page has no examples.");
        return examples;
    }

    private static void CheckTitle(Section example, int number, PageErrors errors)
    {
        Match match = TitleForm().Match(example.Title);
        if (!match.Success || match.Groups[1].Value != number.ToString(CultureInfo.InvariantCulture))
            errors.Add(example.Line, $"Unknown heading '{example.Title}': the title of this example has the form 'Example {number}: what it shows'.");
    }

    private static PageExample ReadExample(Section example, PageErrors errors)
    {
        var introduction = new List<Block>();
        var remarks = new List<Block>();
        FencedCodeBlock? code = null;
        foreach (Block block in example.Blocks)
        {
            if (block is FencedCodeBlock fence && fence.Info == "powershell")
            {
                if (code is not null)
                    errors.Add(block.Line + 1, $"'{example.Title}' has a second block of PowerShell: write another example.");
                if (fence.Arguments is not (null or "" or "azure"))
                    errors.Add(block.Line + 1, $"'{fence.Arguments}' means nothing: a block that cannot run on the emulator is marked 'powershell azure'.");
                code ??= fence;
                continue;
            }

            if (block is CodeBlock other && !OtherLanguages.Contains((other as FencedCodeBlock)?.Info))
                errors.Add(block.Line + 1, $"A code block in an example is fenced and marked 'powershell', 'powershell azure' or one of: {string.Join(", ", OtherLanguages)}.");
            (code is null ? introduction : remarks).Add(block);
        }

        if (code is null)
            errors.Add(example.Line, $"'{example.Title}' has no code.");
        else if (PlainText.Code(code).Length == 0)
            errors.Add(code.Line + 1, $"The code of '{example.Title}' is empty.");
        if (!introduction.Concat(remarks).Any(block => block is ParagraphBlock))
            errors.Add(example.Line, $"'{example.Title}' does not say what it shows.");
        return new PageExample(
            example.Title,
            PlainText.Paragraphs(introduction, errors),
            code is null ? "" : PlainText.Code(code),
            PlainText.Paragraphs(remarks, errors));
    }

    [GeneratedRegex(@"^Example (\d+): \S")]
    private static partial Regex TitleForm();
}

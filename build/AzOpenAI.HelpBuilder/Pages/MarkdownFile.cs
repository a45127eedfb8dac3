using System.Text.RegularExpressions;
using System.Xml;
using Markdig;
using Markdig.Syntax;

namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>A markdown file: its front matter, its blocks and checks that hold for every page.</summary>
internal sealed partial class MarkdownFile
{
    private MarkdownFile(string path, IReadOnlyList<YamlEntry> metadata, MarkdownDocument body)
    {
        Path = path;
        Metadata = metadata;
        Body = body;
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;

    /// <summary>Front matter; empty where there is none.</summary>
    public IReadOnlyList<YamlEntry> Metadata { get; }

    public MarkdownDocument Body { get; }

    public static MarkdownFile Read(string path, PageErrors errors) => Parse(path, File.ReadAllText(path), errors);

    public static MarkdownFile Parse(string path, string text, PageErrors errors)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        IReadOnlyList<YamlEntry> metadata = [];
        if (lines[0] == "---")
        {
            int end = Array.IndexOf(lines, "---", 1);
            if (end < 0)
            {
                errors.Add(1, "The front matter is not closed: a line '---' is missing.");
            }
            else
            {
                metadata = SimpleYaml.Parse(lines.AsSpan(1, end - 1), firstLine: 2, errors);
                // Blank instead of cut, so that line numbers stay those of the file.
                Array.Fill(lines, "", 0, end + 1);
            }
        }

        CheckCharacters(lines, errors);
        var body = Markdown.Parse(string.Join('\n', lines));
        CheckPlaceholders(lines, body, errors);
        return new MarkdownFile(path, metadata, body);
    }

    private static void CheckCharacters(string[] lines, PageErrors errors)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Any(character => !XmlConvert.IsXmlChar(character) && !char.IsSurrogate(character)))
                errors.Add(i + 1, "The line holds a control character that no help file can carry.");
        }
    }

    private static void CheckPlaceholders(string[] lines, MarkdownDocument body, PageErrors errors)
    {
        var code = body.Descendants<FencedCodeBlock>().Select(block => (First: block.Line, Last: block.Line + block.Lines.Count + 1)).ToList();
        for (int i = 0; i < lines.Length; i++)
        {
            bool inCode = code.Any(range => i >= range.First && i <= range.Last);
            Match match = (inCode ? GeneratedPlaceholder() : AnyPlaceholder()).Match(lines[i]);
            if (match.Success)
                errors.Add(i + 1, $"The placeholder '{match.Value}' is not filled in.");
        }
    }

    [GeneratedRegex(@"\{\{.*?\}\}")]
    private static partial Regex AnyPlaceholder();

    // In code, doubled braces are legal PowerShell; only the words of the page generators are placeholders there.
    [GeneratedRegex(@"\{\{\s*(Fill|Add|Insert|Update|Please)\b.*?\}\}", RegexOptions.IgnoreCase)]
    private static partial Regex GeneratedPlaceholder();
}

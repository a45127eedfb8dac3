using Markdig.Syntax;

namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>Reads SYNTAX: one fenced block below a heading for each parameter set, as Get-Command -Syntax prints it.</summary>
internal static class SyntaxReader
{
    private const string Default = " (Default)";
    private const string CommonParameters = "[<CommonParameters>]";

    public static List<SyntaxBlock> Read(Section section, string command, PageErrors errors)
    {
        var blocks = new List<SyntaxBlock>();
        foreach (Section child in section.Children(errors))
        {
            if (child.Blocks is not [FencedCodeBlock code])
            {
                errors.Add(child.Line, $"The syntax '{child.Title}' must be one fenced block.");
                continue;
            }

            bool isDefault = child.Title.EndsWith(Default, StringComparison.Ordinal);
            string name = isDefault ? child.Title[..^Default.Length] : child.Title;
            blocks.Add(new SyntaxBlock(name, isDefault, child.Line, ReadParameters(code, command, errors)));
        }

        if (blocks.Count == 0)
            errors.Add(section.Line, "SYNTAX shows no parameter set.");
        else if (blocks.Count > 1 && blocks.Count(block => block.IsDefault) > 1)
            errors.Add(section.Line, "SYNTAX marks more than one parameter set as the default.");
        return blocks;
    }

    private static List<SyntaxParameter> ReadParameters(FencedCodeBlock code, string command, PageErrors errors)
    {
        int line = code.Line + 2;
        string[] words = code.Lines.ToString().Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0] != command)
        {
            errors.Add(line, $"A syntax begins with '{command}'.");
            return [];
        }

        if (words[^1] != CommonParameters)
            errors.Add(line, $"A syntax ends with {CommonParameters}.");
        var parameters = new List<SyntaxParameter>();
        for (int i = 1; i < words.Length; i++)
        {
            if (words[i] == CommonParameters)
                continue;
            string name = words[i];
            string? type = i + 1 < words.Length && words[i + 1].StartsWith('<') ? words[++i] : null;
            if (Parse(name, type) is SyntaxParameter parameter)
                parameters.Add(parameter);
            else
                errors.Add(line, $"'{name}{(type is null ? "" : " " + type)}' is no form of a parameter.");
        }

        return parameters;
    }

    private static SyntaxParameter? Parse(string name, string? type) => (name, type) switch
    {
        (['[', '[', '-', .. var n, ']'], ['<', .. var t, '>', ']']) => new SyntaxParameter(n, t, IsRequired: false, IsPositional: true),
        (['[', '-', .. var n, ']'], ['<', .. var t, '>']) => new SyntaxParameter(n, t, IsRequired: true, IsPositional: true),
        (['[', '-', .. var n], ['<', .. var t, '>', ']']) => new SyntaxParameter(n, t, IsRequired: false, IsPositional: false),
        (['-', .. var n], ['<', .. var t, '>']) => new SyntaxParameter(n, t, IsRequired: true, IsPositional: false),
        (['[', '-', .. var n, ']'], null) => new SyntaxParameter(n, null, IsRequired: false, IsPositional: false),
        (['-', .. var n], null) => new SyntaxParameter(n, null, IsRequired: true, IsPositional: false),
        _ => null,
    };
}

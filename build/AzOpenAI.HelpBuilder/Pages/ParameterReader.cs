using System.Globalization;
using Markdig.Syntax;

namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>Reads PARAMETERS: below each '### -Name' a description and then the yaml block with the metadata.</summary>
internal static class ParameterReader
{
    private const string CommonParameters = "CommonParameters";

    public static List<PageParameter> Read(Section section, PageErrors errors)
    {
        var parameters = new List<PageParameter>();
        bool common = false;
        foreach (Section child in section.Children(errors))
        {
            if (child.Title == CommonParameters)
                common = true;
            else if (!child.Title.StartsWith('-') || child.Title.Contains(' ', StringComparison.Ordinal))
                errors.Add(child.Line, $"Unknown heading '{child.Title}': a parameter is '### -Name'.");
            else if (parameters.Any(parameter => parameter.Name.Equals(child.Title[1..], StringComparison.OrdinalIgnoreCase)))
                errors.Add(child.Line, $"The parameter {child.Title} is there twice.");
            else if (ReadParameter(child, errors) is PageParameter parameter)
                parameters.Add(parameter);
        }

        if (!common)
            errors.Add(section.Line, $"PARAMETERS lacks '### {CommonParameters}'.");
        return parameters;
    }

    private static PageParameter? ReadParameter(Section section, PageErrors errors)
    {
        var yamlBlocks = section.Blocks.OfType<FencedCodeBlock>().Where(block => block.Info == "yaml").ToList();
        var description = section.Blocks.Where(block => !yamlBlocks.Contains(block)).ToList();
        if (!description.Any(block => block is ParagraphBlock))
            errors.Add(section.Line, $"The parameter {section.Title} has no description.");
        if (yamlBlocks.Count != 1 || section.Blocks[^1] != yamlBlocks[0])
        {
            errors.Add(section.Line, $"The parameter {section.Title} must end with one yaml block that holds its metadata.");
            return null;
        }

        var block = yamlBlocks[0];
        string[] lines = block.Lines.ToString().ReplaceLineEndings("\n").Split('\n');
        var entries = SimpleYaml.Parse(lines, block.Line + 2, errors);
        var known = entries.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (string key in (string[])["Type", "DefaultValue", "SupportsWildcards", "Aliases", "ParameterSets", "DontShow", "AcceptedValues", "HelpMessage"])
        {
            if (!known.ContainsKey(key))
                errors.Add(block.Line + 1, $"The metadata of {section.Title} lacks '{key}'.");
        }

        string type = Text("Type");
        if (type.Length == 0)
            errors.Add(block.Line + 1, $"The type of {section.Title} is empty.");
        var sets = known.GetValueOrDefault("ParameterSets")?.Maps.Select(map => ReadSet(map, block.Line + 1, section.Title, errors)).ToList() ?? [];
        if (sets.Count == 0)
            errors.Add(block.Line + 1, $"The metadata of {section.Title} names no parameter set.");
        return new PageParameter
        {
            Name = section.Title[1..],
            Line = section.Line,
            Description = PlainText.Paragraphs(description, errors),
            Type = type,
            DefaultValue = Text("DefaultValue"),
            SupportsWildcards = Flag("SupportsWildcards"),
            Aliases = known.GetValueOrDefault("Aliases")?.Items ?? [],
            Sets = sets,
            DontShow = Flag("DontShow"),
            AcceptedValues = known.GetValueOrDefault("AcceptedValues")?.Items ?? [],
        };

        string Text(string key) => known.GetValueOrDefault(key)?.Text ?? "";
        bool Flag(string key) => known.TryGetValue(key, out var entry) && ReadFlag(entry, errors);
    }

    private static PageParameterSet ReadSet(IReadOnlyList<YamlEntry> map, int line, string parameter, PageErrors errors)
    {
        string name = map.FirstOrDefault(entry => entry.Key == "Name")?.Text ?? "";
        if (name.Length == 0)
            errors.Add(line, $"A parameter set of {parameter} has no name.");
        string position = map.FirstOrDefault(entry => entry.Key == "Position")?.Text ?? "";
        int? index = int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
        if (index is null && !position.Equals("Named", StringComparison.OrdinalIgnoreCase))
            errors.Add(line, $"The position of {parameter} is '{position}', neither a number nor 'Named'.");
        return new PageParameterSet(name, index, Flag("IsRequired"), Flag("ValueFromPipeline"), Flag("ValueFromPipelineByPropertyName"));

        bool Flag(string key)
        {
            if (map.FirstOrDefault(entry => entry.Key == key) is YamlEntry entry)
                return ReadFlag(entry, errors);
            errors.Add(line, $"The parameter set '{name}' of {parameter} lacks '{key}'.");
            return false;
        }
    }

    private static bool ReadFlag(YamlEntry entry, PageErrors errors)
    {
        if (bool.TryParse(entry.Text, out bool value))
            return value;
        errors.Add(entry.Line, $"'{entry.Key}' is true or false, not '{entry.Text}'.");
        return false;
    }
}

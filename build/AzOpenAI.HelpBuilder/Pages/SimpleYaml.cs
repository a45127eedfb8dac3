namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>A key with its value: a text, a list of texts, or a list of maps.</summary>
internal sealed record YamlEntry(string Key, int Line)
{
    public string? Text { get; init; }

    public IReadOnlyList<string> Items { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<YamlEntry>> Maps { get; init; } = [];
}

/// <summary>
/// The part of YAML that help pages use: <c>key: text</c>, <c>key: []</c>, and lists of texts or of flat maps. Anything else is an error,
/// so that a page never means one thing here and another to a full YAML reader.
/// </summary>
internal static class SimpleYaml
{
    public static IReadOnlyList<YamlEntry> Parse(ReadOnlySpan<string> lines, int firstLine, PageErrors errors)
    {
        var entries = new List<YamlEntry>();
        int i = 0;
        while (i < lines.Length)
        {
            string line = lines[i].TrimEnd();
            int number = firstLine + i;
            i++;
            if (line.Length == 0)
                continue;
            if (!TrySplit(line, out string key, out string value) || char.IsWhiteSpace(line[0]))
            {
                errors.Add(number, $"'{line.Trim()}' is not of the form 'key: value'.");
                continue;
            }

            if (entries.Any(entry => entry.Key == key))
                errors.Add(number, $"The key '{key}' is given twice.");
            if (value.Length > 0)
            {
                entries.Add(new YamlEntry(key, number) { Text = value == "[]" ? null : Unquote(value, number, errors) });
                continue;
            }

            int start = i;
            while (i < lines.Length && (lines[i].StartsWith("- ", StringComparison.Ordinal) || lines[i].StartsWith("  ", StringComparison.Ordinal)))
                i++;
            entries.Add(ParseList(key, number, lines[start..i], firstLine + start, errors));
        }

        return entries;
    }

    private static YamlEntry ParseList(string key, int keyLine, ReadOnlySpan<string> lines, int firstLine, PageErrors errors)
    {
        if (lines.Length == 0)
            return new YamlEntry(key, keyLine) { Text = "" };

        var items = new List<string>();
        var maps = new List<IReadOnlyList<YamlEntry>>();
        int i = 0;
        while (i < lines.Length)
        {
            int start = i++;
            while (i < lines.Length && lines[i].StartsWith("  ", StringComparison.Ordinal))
                i++;
            string first = lines[start].Length > 2 ? lines[start][2..].TrimEnd() : "";
            bool isMap = i - start > 1 || (TrySplit(first, out _, out _) && first[0] is not ('\'' or '"'));
            if (!isMap)
            {
                items.Add(Unquote(first, firstLine + start, errors));
                continue;
            }

            var map = new string[i - start];
            for (int j = 0; j < map.Length; j++)
                map[j] = lines[start + j][2..];
            maps.Add(Parse(map, firstLine + start, errors));
        }

        if (items.Count > 0 && maps.Count > 0)
            errors.Add(keyLine, $"The list '{key}' mixes texts and maps.");
        return new YamlEntry(key, keyLine) { Items = items, Maps = maps };
    }

    private static bool TrySplit(string line, out string key, out string value)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 && line.EndsWith(':'))
            colon = line.Length - 1;
        key = colon > 0 ? line[..colon].Trim() : "";
        value = colon > 0 ? line[(colon + 1)..].Trim() : "";
        return key.Length > 0;
    }

    private static string Unquote(string value, int line, PageErrors errors)
    {
        if (value.Length >= 2 && value[0] == '\'' && value[^1] == '\'')
            return value[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"' && !value.Contains('\\', StringComparison.Ordinal))
            return value[1..^1];
        // A plain scalar that starts with one of these, or holds ': ' or ' #', is something else to YAML.
        if (value.Length > 0 && ("'\"[]{}&*!|>%@`#,?".Contains(value[0], StringComparison.Ordinal)
            || value.Contains(": ", StringComparison.Ordinal) || value.Contains(" #", StringComparison.Ordinal)))
            errors.Add(line, $"The value {value} must stand in single quotes.");
        return value;
    }
}

namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>SYNTAX and PARAMETERS say the same thing twice; this finds where they do not.</summary>
internal static class SyntaxCheck
{
    private static readonly Dictionary<string, string> Accelerators = new(StringComparer.Ordinal)
    {
        ["Boolean"] = "bool",
        ["Double"] = "double",
        ["Hashtable"] = "hashtable",
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Object"] = "Object",
        ["PSCredential"] = "pscredential",
        ["PSObject"] = "psobject",
        ["SecureString"] = "securestring",
        ["String"] = "string",
        ["Uri"] = "uri",
    };

    public static void Compare(CommandPage page, PageErrors errors)
    {
        foreach (SyntaxBlock block in page.Syntax)
            CompareSet(block, page.Parameters, errors);

        var names = page.Syntax.Select(block => block.Name).Append(PageParameterSet.All).ToHashSet(StringComparer.Ordinal);
        foreach (PageParameter parameter in page.Parameters)
        {
            foreach (PageParameterSet set in parameter.Sets.Where(set => !names.Contains(set.Name)))
                errors.Add(parameter.Line, $"-{parameter.Name} is in the parameter set '{set.Name}', which SYNTAX does not show.");
        }
    }

    /// <summary>The name of a type as a syntax shows it.</summary>
    public static string ShortName(string type)
    {
        if (type.StartsWith("System.Nullable`1[", StringComparison.Ordinal))
            type = type["System.Nullable`1[".Length..^1].Trim('[', ']').Split(',')[0];
        string suffix = type.EndsWith("[]", StringComparison.Ordinal) ? "[]" : "";
        string name = type[..^suffix.Length];
        name = name[(name.LastIndexOf('.') + 1)..];
        return Accelerators.GetValueOrDefault(name, name) + suffix;
    }

    private static void CompareSet(SyntaxBlock block, IReadOnlyList<PageParameter> parameters, PageErrors errors)
    {
        int position = -1;
        foreach (SyntaxParameter shown in block.Parameters)
        {
            string what = $"SYNTAX '{block.Name}' and PARAMETERS differ in -{shown.Name}";
            var parameter = parameters.FirstOrDefault(candidate => candidate.Name == shown.Name);
            if (parameter?.InSet(block.Name) is not PageParameterSet set)
            {
                errors.Add(block.Line, parameter is null ? $"-{shown.Name} is in SYNTAX '{block.Name}' and not described." : $"{what}: is it in this set?");
                continue;
            }

            if (set.IsRequired != shown.IsRequired)
                errors.Add(block.Line, $"{what}: is it required?");
            if (set.Position is null == shown.IsPositional)
                errors.Add(block.Line, $"{what}: has it a position?");
            if (parameter.IsSwitch != (shown.Type is null) || (shown.Type is not null && !shown.Type.Equals(ShortName(parameter.Type), StringComparison.OrdinalIgnoreCase)))
                errors.Add(block.Line, $"{what}: is its type {shown.Type ?? "a switch"} or {parameter.Type}?");
            if (set.Position is int index)
            {
                if (index <= position)
                    errors.Add(block.Line, $"{what}: its position {index} comes before that of the parameter to its left.");
                position = index;
            }
        }

        foreach (PageParameter parameter in parameters)
        {
            if (!parameter.DontShow && parameter.InSet(block.Name) is not null && block.Parameters.All(shown => shown.Name != parameter.Name))
                errors.Add(parameter.Line, $"-{parameter.Name} is not shown in SYNTAX '{block.Name}'.");
        }
    }
}

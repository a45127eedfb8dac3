namespace AzOpenAI.HelpBuilder.Pages;

/// <summary>The help of one cmdlet. Texts are plain: markdown is resolved, a paragraph is one line, a list or code is several.</summary>
internal sealed record CommandPage
{
    public required string Name { get; init; }

    public required string HelpFile { get; init; }

    /// <summary>Address of the page on the web; empty where there is none.</summary>
    public required string HelpUri { get; init; }

    public required string Synopsis { get; init; }

    public required IReadOnlyList<SyntaxBlock> Syntax { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<PageExample> Examples { get; init; }

    public required IReadOnlyList<PageParameter> Parameters { get; init; }

    public required IReadOnlyList<PageType> Inputs { get; init; }

    public required IReadOnlyList<PageType> Outputs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<PageLink> RelatedLinks { get; init; }
}

/// <summary>One parameter set as the SYNTAX section shows it.</summary>
internal sealed record SyntaxBlock(string Name, bool IsDefault, int Line, IReadOnlyList<SyntaxParameter> Parameters);

/// <summary>One parameter within a set. A switch has no type.</summary>
internal sealed record SyntaxParameter(string Name, string? Type, bool IsRequired, bool IsPositional);

/// <summary>One example: text before the code, the code, text and output after it.</summary>
internal sealed record PageExample(string Title, IReadOnlyList<string> Introduction, string Code, IReadOnlyList<string> Remarks);

/// <summary>One parameter with the metadata of its yaml block.</summary>
internal sealed record PageParameter
{
    public required string Name { get; init; }

    public required int Line { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    public required string Type { get; init; }

    public required string DefaultValue { get; init; }

    public required bool SupportsWildcards { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required IReadOnlyList<PageParameterSet> Sets { get; init; }

    public required bool DontShow { get; init; }

    public required IReadOnlyList<string> AcceptedValues { get; init; }

    public bool IsSwitch => Type == "System.Management.Automation.SwitchParameter";

    /// <summary>The parameter's place in the set of that name, or null where it is not in it.</summary>
    public PageParameterSet? InSet(string setName) =>
        Sets.FirstOrDefault(set => set.Name == setName) ?? Sets.FirstOrDefault(set => set.Name == PageParameterSet.All);
}

/// <summary>A parameter's part in one parameter set, or in all of them.</summary>
internal sealed record PageParameterSet(string Name, int? Position, bool IsRequired, bool ByValue, bool ByPropertyName)
{
    public const string All = "(All)";
}

/// <summary>A type that a cmdlet takes from the pipeline or writes to it.</summary>
internal sealed record PageType(string Name, IReadOnlyList<string> Description);

/// <summary>A related link; the address is empty for a page of the same module.</summary>
internal sealed record PageLink(string Text, string Uri);

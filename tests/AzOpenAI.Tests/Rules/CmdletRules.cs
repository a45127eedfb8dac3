using System.Reflection;

namespace AzOpenAI.Tests.Rules;

/// <summary>What every cmdlet has.</summary>
public sealed class CmdletRules
{
    private const string CmdletAttribute = "System.Management.Automation.CmdletAttribute";

    /// <summary>Cmdlets that never write an object, each with the reason.</summary>
    private static readonly Dictionary<string, string> WithoutOutput = new(StringComparer.Ordinal)
    {
        ["Disconnect-AzOpenAI"] = "Forgets the session; there is nothing left to return.",
    };

    /// <summary>Cmdlets whose verb changes state elsewhere, but which touch nothing outside the session, each with the reason.</summary>
    private static readonly Dictionary<string, string> SessionOnly = new(StringComparer.Ordinal)
    {
        ["New-AzOpenAITool"] = "Makes an object in memory, like New-TimeSpan; it does nothing until a chat is given it.",
    };

    private static readonly string[] ChangingVerbs =
    [
        "Add", "Clear", "Disable", "Enable", "Grant", "Install", "Move", "New", "Publish", "Remove", "Rename", "Reset", "Restore", "Resume", "Revoke", "Set", "Start",
        "Stop", "Submit", "Suspend", "Uninstall", "Unpublish", "Update",
    ];

    private static readonly string[] ReadingVerbs = ["Find", "Get", "Measure", "Receive", "Search", "Show", "Test", "Wait"];

    public static TheoryData<string> Cmdlets => [.. All.Select(static cmdlet => cmdlet.Name)];

    private static IReadOnlyList<Cmdlet> All { get; } = FindAll();

    [Fact]
    public void The_manifest_exports_the_cmdlets_of_the_assembly() =>
        Assert.Equal(All.Select(static cmdlet => cmdlet.Name).Order(StringComparer.Ordinal), Repository.ManifestList("CmdletsToExport").Order(StringComparer.Ordinal));

    [Fact]
    public void The_manifest_exports_the_aliases_of_the_assembly() =>
        Assert.Equal(
            All.SelectMany(static cmdlet => Metadata.Attributes(cmdlet.Type, "System.Management.Automation.AliasAttribute"))
                .SelectMany(static alias => (IReadOnlyCollection<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!)
                .Select(static name => (string)name.Value!).Order(StringComparer.Ordinal),
            Repository.ManifestList("AliasesToExport").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Verb_is_approved(string name)
    {
        IEnumerable<string> approved = Metadata.Engine.GetExportedTypes().Where(static type => type.Namespace == "System.Management.Automation"
                && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(static type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(static field => field.Name);
        Assert.Contains(Find(name).Verb, approved);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Noun_is_singular_and_starts_with_AzOpenAI(string name)
    {
        string noun = Find(name).Noun;
        Assert.StartsWith("AzOpenAI", noun, StringComparison.Ordinal);
        Assert.False(noun.EndsWith('s') && !noun.EndsWith("ss", StringComparison.Ordinal) && !noun.EndsWith("us", StringComparison.Ordinal), $"'{noun}' looks like a plural.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Class_is_sealed_and_alone_in_its_file(string name)
    {
        Cmdlet cmdlet = Find(name);
        Assert.True(cmdlet.Type.IsSealed, $"{cmdlet.Type.Name} is not sealed.");
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
        string file = Assert.Single(Repository.Files("src/AzOpenAI/Commands", ".cs"), path => Path.GetFileName(path) == $"{cmdlet.Type.Name}.cs");
        Assert.Matches(@"^src/AzOpenAI/Commands/\w+/\w+\.cs$", Repository.Relative(file));
        Assert.Single(CodeOnly.Of(File.ReadAllText(file)).Split("[Cmdlet(").Skip(1));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Output_type_is_declared(string name)
    {
        bool declared = Metadata.Attributes(Find(name).Type, "System.Management.Automation.OutputTypeAttribute").Any();
        if (WithoutOutput.TryGetValue(name, out string? reason))
            Assert.False(declared, $"{name} is listed as a cmdlet without output ({reason}) but declares one.");
        else
            Assert.True(declared, $"{name} has no [OutputType].");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_changes_state_asks_and_what_reads_does_not(string name)
    {
        Cmdlet cmdlet = Find(name);
        bool asks = Metadata.Named(cmdlet.Attribute, "SupportsShouldProcess") is true;
        if (ChangingVerbs.Contains(cmdlet.Verb) && !SessionOnly.ContainsKey(name))
            Assert.True(asks, $"{name} changes state and needs SupportsShouldProcess.");
        if (ReadingVerbs.Contains(cmdlet.Verb))
            Assert.False(asks, $"{name} only reads: -WhatIf would promise something else.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_page_exists(string name) =>
        Assert.True(File.Exists(Path.Combine(Repository.Root, "module", "help", "en-US", $"{name}.md")), $"module/help/en-US/{name}.md is missing.");

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Pester_file_exists(string name) =>
        Assert.True(File.Exists(Path.Combine(Repository.Root, "tests", "Pester", "Commands", $"{name}.Tests.ps1")), $"tests/Pester/Commands/{name}.Tests.ps1 is missing.");

    [Fact]
    public void No_help_page_or_Pester_file_is_left_of_a_cmdlet_that_is_gone()
    {
        string[] names = [.. All.Select(static cmdlet => cmdlet.Name)];
        IEnumerable<string> pages = Repository.Files("module/help/en-US", ".md").Select(static path => Path.GetFileNameWithoutExtension(path))
            .Where(static page => !page.StartsWith("about_", StringComparison.Ordinal));
        IEnumerable<string> tests = Repository.Files("tests/Pester/Commands", ".ps1").Select(static path => Path.GetFileName(path).Replace(".Tests.ps1", "", StringComparison.Ordinal));
        Assert.Empty(pages.Concat(tests).Except(names));
    }

    [Fact]
    public void Exceptions_to_a_rule_name_cmdlets_that_exist() =>
        Assert.Empty(WithoutOutput.Keys.Concat(SessionOnly.Keys).Except(All.Select(static cmdlet => cmdlet.Name)));

    private static Cmdlet Find(string name) => All.Single(cmdlet => cmdlet.Name == name);

    private static Cmdlet[] FindAll()
    {
        Cmdlet[] found = [.. Metadata.Cmdlets.GetTypes().SelectMany(static type => Metadata.Attributes(type, CmdletAttribute)
            .Select(attribute => new Cmdlet(type, attribute, (string)attribute.ConstructorArguments[0].Value!, (string)attribute.ConstructorArguments[1].Value!)))];
        Assert.NotEmpty(found);
        return found;
    }

    private sealed record Cmdlet(Type Type, CustomAttributeData Attribute, string Verb, string Noun)
    {
        public string Name => $"{Verb}-{Noun}";
    }
}

using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace AzOpenAI.Tests.Rules;

/// <summary>
/// The layers inside the assemblies, as docs/architecture.md draws them. What the compiled code uses is checked, and what the source names: a constant and a
/// <c>nameof</c> leave no trace in compiled code.
/// </summary>
public sealed partial class ArchitectureRules
{
    private static readonly string[] Projects =
    [
        "src/AzOpenAI.Core", "src/AzOpenAI", "src/AzOpenAI.Cli", "src/AzOpenAI.Emulator", "tests/AzOpenAI.Core.Tests", "tests/AzOpenAI.Tests", "tests/AzOpenAI.Emulator.Tests",
    ];

    private static readonly string[] Planes = ["Errors", "Files", "Http", "Authentication", "Management", "Connections", "DataPlane"];

    /// <summary>For each folder, the folders that it may use.</summary>
    private static readonly Dictionary<string, string[]> CoreLayers = new()
    {
        ["Errors"] = [],
        ["Files"] = ["Errors"],
        ["Http"] = ["Errors"],
        ["Authentication"] = ["Errors", "Http"],
        ["Management"] = ["Errors", "Http", "Authentication"],
        ["Connections"] = ["Errors", "Http", "Authentication"],
        ["DataPlane"] = ["Errors", "Http", "Authentication", "Connections"],
        ["Sessions"] = Planes,
        ["Keys"] = Planes,
        ["Conversations"] = Planes,
        ["Tools"] = Planes,
        ["Bulk"] = Planes,
        ["CodeSamples"] = Planes,
        ["Configuration"] = Planes,
    };

    private static readonly Dictionary<string, string[]> CmdletLayers = new()
    {
        ["Errors"] = [],
        ["Async"] = [],
        ["Json"] = ["Errors", "Async"],
        ["Sessions"] = ["Errors", "Async"],
        ["Parameters"] = ["Errors", "Sessions"],
        ["Completers"] = ["Errors", "Async", "Sessions", "Parameters"],
        ["Display"] = [],
        ["Cmdlets"] = ["Errors", "Async", "Sessions", "Parameters", "Completers"],
        ["Files"] = ["Errors", "Async", "Json", "Sessions", "Parameters", "Cmdlets"],
        ["Terminal"] = ["Errors", "Async", "Sessions", "Cmdlets"],
        ["Emulator"] = ["Errors", "Async", "Sessions", "Cmdlets"],
        ["Tools"] = ["Errors", "Async", "Json", "Sessions", "Parameters", "Cmdlets", "Terminal"],
        ["Chat"] = ["Errors", "Async", "Json", "Sessions", "Parameters", "Cmdlets", "Files", "Terminal", "Tools"],
        ["Commands"] = ["Errors", "Async", "Json", "Sessions", "Parameters", "Completers", "Cmdlets", "Files", "Terminal", "Emulator", "Tools", "Chat"],
    };

    private static readonly Lazy<Architecture> Core = new(static () => Load(Metadata.Core));
    private static readonly Lazy<Architecture> Cmdlets = new(static () => Load(Metadata.Cmdlets));

    public static TheoryData<string, string, string[]> Rows
    {
        get
        {
            TheoryData<string, string, string[]> rows = [];
            foreach ((string root, Dictionary<string, string[]> layers) in new[] { ("AzOpenAI.Core", CoreLayers), ("AzOpenAI", CmdletLayers) })
            {
                foreach ((string layer, string[] allowed) in layers)
                    rows.Add(root, layer, allowed);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_layer_uses_only_those_below_it(string root, string layer, string[] allowed)
    {
        Dictionary<string, string[]> layers = root == "AzOpenAI" ? CmdletLayers : CoreLayers;
        string[] others = [.. layers.Keys.Except(allowed).Where(other => other != layer)];
        Architecture architecture = (root == "AzOpenAI" ? Cmdlets : Core).Value;

        string[] uses = [.. Types().That().ResideInNamespaceMatching(Within(root, layer)).Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching(Within(root, others)))
            .Evaluate(architecture).Where(static result => !result.Passed).Select(static result => result.Description)];
        AssertNone([.. uses, .. Sources(root, layer).SelectMany(source => Usings(source.Text, root).Where(others.Contains).Select(used => $"{source.Path} uses {used}"))]);
    }

    [Theory]
    [InlineData("AzOpenAI.Core")]
    [InlineData("AzOpenAI")]
    public void No_folder_is_in_a_cycle_with_another(string root)
    {
        Architecture architecture = (root == "AzOpenAI" ? Cmdlets : Core).Value;
        string[] cycles = [.. SliceRuleDefinition.Slices().Matching($"{root}.(**)").Should().BeFreeOfCycles()
            .Evaluate(architecture).Where(static result => !result.Passed).Select(static result => result.Description)];
        AssertNone(cycles);
    }

    [Theory]
    [InlineData("AzOpenAI.Core")]
    [InlineData("AzOpenAI")]
    public void Every_folder_has_its_place_among_the_layers(string root) => Assert.Equal(
        (root == "AzOpenAI" ? CmdletLayers : CoreLayers).Keys.Order(StringComparer.Ordinal),
        Repository.Files($"src/{root}", ".cs").Select(path => Repository.Relative(path).Split('/')[2]).Where(static name => !name.EndsWith(".cs", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal));

    /// <summary>Public types of Abstractions, and commands, are named by users: their names stay where they were.</summary>
    [Fact]
    public void Namespaces_follow_folders() => Assert.Empty(
        Projects.SelectMany(static root => Repository.Files(root, ".cs").Select(path => (Path: Repository.Relative(path), Wanted: NamespaceOf(root, Repository.Relative(path)))))
            .Where(static file => Namespace().Match(File.ReadAllText(Path.Combine(Repository.Root, file.Path))) is { Success: true } found && found.Groups[1].Value != file.Wanted)
            .Select(static file => $"{file.Path}: {file.Wanted}"));

    [Theory]
    [InlineData("using AzOpenAI.Core.Management.Arm;", "Management")]
    [InlineData("using static AzOpenAI.Core.Http.Loopback;", "Http")]
    [InlineData("using X = AzOpenAI.Core.DataPlane.Chat.ChatService;", "DataPlane")]
    [InlineData("    string name = nameof(Core.Sessions.ContextFactory);", "Sessions")]
    [InlineData("/// <see cref=\"AzOpenAI.Core.Keys.KeyRotator\"/>", "Keys")]
    public void The_rule_on_layers_sees_what_compiled_code_does_not_tell(string line, string layer) => Assert.Equal([layer], Usings(line, "AzOpenAI.Core"));

    private static void AssertNone(string[] problems) => Assert.True(problems.Length == 0, string.Join('\n', problems));

    private static Architecture Load(System.Reflection.Assembly assembly) =>
        new ArchLoader().LoadFilteredDirectory(Path.GetDirectoryName(assembly.Location)!, Path.GetFileName(assembly.Location)).Build();

    private static string Within(string root, params string[] layers) => $@"^{Regex.Escape(root)}\.({string.Join('|', layers)})(\.|$)";

    private static IEnumerable<(string Path, string Text)> Sources(string root, string layer) =>
        Repository.Files($"src/{root}/{layer}", ".cs").Select(static path => (Repository.Relative(path), File.ReadAllText(path)));

    private static IEnumerable<string> Usings(string text, string root) =>
        Regex.Matches(text, $@"(?<![\w.])(?:{Regex.Escape(root)}|{root.Split('.')[^1]})\.(\w+)(?=[.;])").Select(static match => match.Groups[1].Value).Distinct();

    private static string NamespaceOf(string root, string path)
    {
        string[] folders = path[(root.Length + 1)..].Split('/')[..^1];
        string project = root.Split('/')[1];
        return project == "AzOpenAI" && folders is ["Commands", ..] ? "AzOpenAI.Commands" : string.Join('.', [project, .. folders]);
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}

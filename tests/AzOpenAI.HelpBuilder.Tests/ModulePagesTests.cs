using System.Text.RegularExpressions;
using System.Xml.Linq;
using AzOpenAI.HelpBuilder.Maml;

namespace AzOpenAI.HelpBuilder.Tests;

/// <summary>The pages of this module, as the build takes them.</summary>
public sealed class ModulePagesTests
{
    [Fact]
    public void Every_exported_cmdlet_has_help_and_every_page_a_cmdlet()
    {
        string root = RepositoryRoot();
        using var target = new TemporaryFolder();
        using var output = new StringWriter();
        using var error = new StringWriter();

        int code = HelpBuild.Run(Path.Combine(root, "module", "help", "en-US"), target.Path, output, error);

        Assert.Equal("", error.ToString());
        Assert.Equal(0, code);
        string manifest = File.ReadAllText(Path.Combine(root, "AzOpenAI.psd1"));
        string exports = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        var exported = Regex.Matches(exports, "'([^']+)'").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        var described = XDocument.Load(Path.Combine(target.Path, "AzOpenAI.dll-Help.xml"))
            .Descendants(MamlWriter.Command + "details").Select(details => details.Element(MamlWriter.Command + "name")!.Value).Order(StringComparer.Ordinal);
        Assert.Equal(exported, described);
    }

    [Theory]
    [InlineData("about_AzOpenAI")]
    [InlineData("about_AzOpenAI_Emulator")]
    [InlineData("about_AzOpenAI_Errors")]
    [InlineData("about_AzOpenAI_Security")]
    public void The_topics_are_there(string name)
    {
        Assert.True(File.Exists(Path.Combine(RepositoryRoot(), "module", "help", "en-US", name + ".md")));
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AzOpenAI.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run below the repository.");
    }
}

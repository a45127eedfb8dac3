using System.Xml.Linq;
using AzOpenAI.HelpBuilder.Maml;

namespace AzOpenAI.HelpBuilder.Tests;

public sealed class HelpBuildTests
{
    private const string Topic = "# about_Things\n\n## Short description\n\nThings.\n\n## Long description\n\nMany.\n\n## See also\n\n- Get-Thing\n";

    private static (int Code, string Output, string Error) Run(string source, string target)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = HelpBuild.Run(source, target, output, error);
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public void Pages_and_topics_become_help_files()
    {
        using var source = new TemporaryFolder();
        using var target = new TemporaryFolder();
        _ = source.Write("Get-Thing.md", SamplePage.Text);
        _ = source.Write("Set-Thing.md", SamplePage.Text.Replace("Get-Thing", "Set-Thing", StringComparison.Ordinal));
        _ = source.Write("about_Things.md", Topic);

        var (code, _, error) = Run(source.Path, Path.Combine(target.Path, "en-US"));

        Assert.Equal("", error);
        Assert.Equal(0, code);
        var names = XDocument.Load(Path.Combine(target.Path, "en-US", "Sample.dll-Help.xml")).Descendants(MamlWriter.Command + "name").Select(name => name.Value);
        Assert.Equal(["Get-Thing", "Set-Thing"], names);
        Assert.StartsWith("TOPIC\n    about_Things\n", File.ReadAllText(Path.Combine(target.Path, "en-US", "about_Things.help.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_build_writes_nothing_and_a_changed_page_is_written()
    {
        using var source = new TemporaryFolder();
        using var target = new TemporaryFolder();
        _ = source.Write("Get-Thing.md", SamplePage.Text);
        _ = source.Write("about_Things.md", Topic);
        Assert.Equal(0, Run(source.Path, target.Path).Code);
        var before = Directory.GetFiles(target.Path).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        foreach (string path in before.Keys)
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        string second = Run(source.Path, target.Path).Output;
        Assert.Contains("0 written", second, StringComparison.Ordinal);
        Assert.All(before.Keys, path => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path)));

        _ = source.Write("Get-Thing.md", SamplePage.With("In metres.", "In feet."));
        Assert.Contains("1 written", Run(source.Path, target.Path).Output, StringComparison.Ordinal);
        Assert.Contains("In feet.", File.ReadAllText(Path.Combine(target.Path, "Sample.dll-Help.xml")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(target.Path, "*.new"));
    }

    [Fact]
    public void A_topic_without_source_disappears_and_other_files_stay()
    {
        using var source = new TemporaryFolder();
        using var target = new TemporaryFolder();
        _ = source.Write("Get-Thing.md", SamplePage.Text);
        string stale = target.Write("about_Old.help.txt", "old");
        string other = target.Write("Other.dll-Help.xml", "<x/>");

        Assert.Equal(0, Run(source.Path, target.Path).Code);

        Assert.False(File.Exists(stale));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void An_error_names_file_and_line_for_MSBuild_and_leaves_the_last_good_help()
    {
        using var source = new TemporaryFolder();
        using var target = new TemporaryFolder();
        string path = source.Write("Get-Thing.md", SamplePage.With("In metres.", "{{ Fill Size Description }}"));
        string kept = target.Write("Sample.dll-Help.xml", "good");

        var (code, _, error) = Run(source.Path, target.Path);

        Assert.Equal(1, code);
        Assert.StartsWith(
            $"{path}({SamplePage.LineOf("In metres.")}): error HELP001: The placeholder '{{{{ Fill Size Description }}}}' is not filled in.", error, StringComparison.Ordinal);
        Assert.Equal("good", File.ReadAllText(kept));
    }

    [Fact]
    public void A_folder_without_pages_is_an_error()
    {
        using var source = new TemporaryFolder();
        using var target = new TemporaryFolder();

        Assert.Equal(1, Run(source.Path, target.Path).Code);
        Assert.Equal(1, Run(Path.Combine(source.Path, "gone"), target.Path).Code);
        Assert.Empty(Directory.GetFiles(target.Path));
    }
}

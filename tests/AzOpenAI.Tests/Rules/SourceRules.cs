using System.Text.RegularExpressions;

namespace AzOpenAI.Tests.Rules;

/// <summary>Rules on the written text.</summary>
public sealed partial class SourceRules
{
    private static readonly string[] Folders = ["src", "tests", "module", "examples", "build", "benchmarks"];
    private const string Terminal = "src/AzOpenAI/Terminal/HostTerminal.cs:";

    [Fact]
    public void No_file_has_more_than_400_lines()
    {
        IEnumerable<string> files = Folders.SelectMany(static folder => Repository.Files(folder, ".cs", ".ps1", ".psm1"))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.ps1"));
        AssertNone(files.Select(static path => (path, Lines: File.ReadLines(path).Count())).Where(static file => file.Lines > 400)
            .Select(static file => $"{Repository.Relative(file.path)}: {file.Lines} lines. Split it by subject."));
    }

    [Fact]
    public void The_loader_has_at_most_40_lines() =>
        Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "module", "AzOpenAI.psm1")).Count(), 1, 40);

    [Fact]
    public void Only_Errors_makes_error_records() =>
        AssertNone(Find("src/AzOpenAI", MakesErrorRecord()).Where(static hit => !hit.StartsWith("src/AzOpenAI/Errors/", StringComparison.Ordinal)));

    [Fact]
    public void Only_Async_waits_on_tasks() =>
        AssertNone(Find("src", Waits()).Where(static hit => !hit.StartsWith("src/AzOpenAI/Async/", StringComparison.Ordinal) && !hit.StartsWith(Terminal, StringComparison.Ordinal)));

    [Fact]
    public void Nothing_is_left_to_be_done_later() =>
        AssertNone(Folders.SelectMany(static folder => Repository.Files(folder, ".cs", ".ps1", ".psm1"))
            .Where(static path => Path.GetFileName(path) != $"{nameof(SourceRules)}.cs")
            .SelectMany(static path => File.ReadLines(path).Select((line, index) => (line, Where: $"{Repository.Relative(path)}:{index + 1}")))
            .Where(static line => Leftover().IsMatch(line.line)).Select(static line => $"{line.Where}: {line.line.Trim()}"));

    [Fact]
    public void Only_the_engine_writes_to_the_console_for_the_module() =>
        AssertNone(Find("src/AzOpenAI.Core", Console()).Concat(Find("src/AzOpenAI.Abstractions", Console())).Concat(Find("src/AzOpenAI", Console()))
            .Where(static hit => !hit.StartsWith(Terminal, StringComparison.Ordinal) || ConsoleOfTerminal().IsMatch(hit)));

    /// <summary>The process of a shell that is a .NET tool is dotnet. What starts another shell knows that in one place.</summary>
    [Fact]
    public void Only_the_helper_asks_which_program_the_shell_is() =>
        AssertNone(Folders.SelectMany(static folder => Repository.Files(folder, ".cs", ".ps1", ".psm1"))
            .Where(static path => Repository.Relative(path) is not ("tests/Pester/shell.psm1" or "tests/Pester/Module/Readme.Tests.ps1") && Path.GetFileName(path) != $"{nameof(SourceRules)}.cs")
            .Where(static path => File.ReadAllText(path).Contains("ProcessPath", StringComparison.Ordinal)).Select(Repository.Relative));

    [Fact]
    public void The_changelog_has_an_entry_for_the_version_of_the_manifest() =>
        Assert.Contains(File.ReadLines(Path.Combine(Repository.Root, "CHANGELOG.md")),
            static line => Regex.IsMatch(line, $@"^## v?{Regex.Escape(Repository.Version)}(?![\d.])"));

    [Theory]
    [InlineData("var x = new ErrorRecord(e, id, category, target);")]
    [InlineData("ErrorRecord record = new(e, id, category, target);")]
    [InlineData("private static ErrorRecord From(Exception e) => new(e, id, category, target);")]
    [InlineData("return new System.Management.Automation.ErrorRecord (e, id, category, target);")]
    public void The_rule_on_error_records_knows_every_way_to_make_one(string code) => Assert.Matches(MakesErrorRecord(), code);

    [Theory]
    [InlineData("task.Result;", true)]
    [InlineData("task.Wait();", true)]
    [InlineData("task.GetAwaiter().GetResult();", true)]
    [InlineData("Task.WaitAll(a, b);", true)]
    [InlineData("Thread.Sleep(5);", true)]
    [InlineData("x.Results;", false)]
    [InlineData("await Task.WhenAll(a, b);", false)]
    [InlineData("await WaitAsync();", false)]
    public void The_rule_on_waits_knows_a_wait(string code, bool waits) => Assert.Equal(waits, Waits().IsMatch(code));

    private static IEnumerable<string> Find(string folder, Regex pattern) =>
        Repository.Files(folder, ".cs").SelectMany(path => CodeOnly.Of(File.ReadAllText(path)).Split('\n')
            .Select((line, index) => (line, Where: $"{Repository.Relative(path)}:{index + 1}"))
            .Where(line => pattern.IsMatch(line.line)).Select(line => $"{line.Where}: {line.line.Trim()}"));

    private static void AssertNone(IEnumerable<string> hits)
    {
        string found = string.Join('\n', hits);
        Assert.True(found.Length == 0, found);
    }

    [GeneratedRegex(@"\bnew\s+([\w.]+\.)?ErrorRecord\s*\(|\bErrorRecord\??\s+\w+\s*(\([^=]*\)\s*=>|=)\s*new\s*\(")]
    private static partial Regex MakesErrorRecord();

    // The emulator's operations have a property of that name, which is no task's.
    [GeneratedRegex(@"(?<!\boperation)\.Result\b|\.Wait\(|\.GetResult\(|\.WaitOne\(|\bTask\.Wait(All|Any)\(|\bThread\.Sleep\(")]
    private static partial Regex Waits();

    [GeneratedRegex(@"\bConsole\.")]
    private static partial Regex Console();

    // The host does not tell how Ctrl+C is treated and whether somebody sits there: the one class that takes the terminal asks the console for these, and no more.
    [GeneratedRegex(@"\bConsole\.(?!TreatControlCAsInput\b|Is(Input|Output)Redirected\b)")]
    private static partial Regex ConsoleOfTerminal();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Leftover();
}

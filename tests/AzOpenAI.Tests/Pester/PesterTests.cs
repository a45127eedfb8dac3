namespace AzOpenAI.Tests.Pester;

/// <summary>Runs each Pester file in a process of its own, so that one command runs every test.</summary>
public sealed class PesterTests(ITestOutputHelper output)
{
    private static readonly string Runner = Path.Combine(Repository.Root, "tests", "Pester", "Invoke-PesterFile.ps1");

    /// <summary>All files but those of <see cref="HelpPesterTests"/>.</summary>
    public static TheoryData<string> Files => [.. Find().Where(static file => !HelpPesterTests.Takes(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file_passes(string file) => RunAsync(file, output);

    /// <summary>The Pester files of the repository, by their path in it.</summary>
    internal static IEnumerable<string> Find() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Pester"), "*.Tests.ps1", SearchOption.AllDirectories)
            .Select(Repository.Relative).Order(StringComparer.Ordinal);

    /// <summary>Runs a file, and fails where one of its tests does.</summary>
    internal static async Task RunAsync(string file, ITestOutputHelper output)
    {
        await SkipWhereItCannotRun();
        string module = Environment.GetEnvironmentVariable("AZOPENAI_MODULE_PATH") ?? Path.Combine(Repository.Root, "out", "AzOpenAI");
        Assert.True(Directory.Exists(module), $"The module under test is missing: '{module}'. Run 'dotnet build' at the root first.");

        (int exitCode, string text) = await Shell.RunAsync("-File", Runner, Path.Combine(Repository.Root, file));

        string counts = text.Split('\n').LastOrDefault(static line => line.StartsWith("Tests: ", StringComparison.Ordinal))?.Trim() ?? "Tests: none";
        output.WriteLine($"{file}: {counts}");
        Console.WriteLine($"{file}: {counts}");
        Assert.True(exitCode == 0, $"{file}: exit code {exitCode}\n{text}");
    }

    /// <summary>A runner that says that all is well whatever happens would make every other row worthless.</summary>
    [Theory]
    [InlineData("Describe 'x' { It 'one' { 1 | Should -Be 2 }; It 'two' { 1 | Should -Be 2 } }", 2, "x.one")]
    [InlineData("Describe 'x' { BeforeAll { throw 'no table' }; It 'one' { } }", 1, "no table")]
    [InlineData("Describe 'x' { }", 1, "ran no test")]
    [InlineData("Describe 'x' {", 1, "Missing closing")]
    [InlineData("Describe 'x' { It 'one' { 1 | Should -Be 1 } }", 0, "1 passed, 0 failed")]
    public async Task The_runner_tells_by_its_exit_code_how_a_file_went(string content, int leastExitCode, string said)
    {
        await SkipWhereItCannotRun();
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.Tests.ps1");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        try
        {
            (int exitCode, string text) = await Shell.RunAsync("-File", Runner, path);

            Assert.Contains(said, text, StringComparison.Ordinal);
            if (leastExitCode == 0)
                Assert.Equal(0, exitCode);
            else
                Assert.True(exitCode >= leastExitCode, text);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task SkipWhereItCannotRun()
    {
        if (await Shell.WhyNotAsync() is string reason)
            Assert.Skip(reason);
    }
}

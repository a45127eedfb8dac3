namespace AzOpenAI.Tests.Pester;

/// <summary>
/// The Pester files, each a row of one test class. The classes run side by side; the files of a class share a warm shell, because starting one takes longer than most files do.
/// </summary>
public abstract class PesterFiles(PesterServer server, ITestOutputHelper output) : IClassFixture<PesterServer>
{
    /// <summary>What an import does to a process that has loaded other versions can be shown once a process.</summary>
    private static readonly string[] ProcessOfItsOwn = ["Isolation", "Loader"];

    internal static readonly string Runner = Path.Combine(Repository.Root, "tests", "Pester", "Invoke-PesterFile.ps1");

    /// <summary>The files below tests/Pester that a class takes, by their path in the repository.</summary>
    protected static TheoryData<string> Find(Func<string, bool> takes) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Pester"), "*.Tests.ps1", SearchOption.AllDirectories).Select(Repository.Relative).Where(takes).Order(StringComparer.Ordinal)];

    protected static bool IsCommand(string file) => file.StartsWith("tests/Pester/Commands/", StringComparison.Ordinal);

    protected static bool HasVerbGet(string file) => HasPrefix(file, "Get-");

    protected static bool IsOnHelp(string file) => HasPrefix(file, "Help");

    /// <summary>Runs a file, and fails where one of its tests does.</summary>
    protected async Task RunAsync(string file)
    {
        string module = Environment.GetEnvironmentVariable("AZOPENAI_MODULE_PATH") ?? Path.Combine(Repository.Root, "out", "AzOpenAI");
        Assert.True(Directory.Exists(module), $"The module under test is missing: '{module}'. Run 'dotnet build' at the root first.");

        string path = Path.Combine(Repository.Root, file);
        (int exitCode, string text) = ProcessOfItsOwn.Any(name => HasPrefix(file, name + "."))
            ? await Shell.RunAsync("-File", Runner, path, "-Pester", Shell.Pester)
            : await server.RunAsync(path);

        string? counts = text.Split('\n').LastOrDefault(static line => line.StartsWith("Tests: ", StringComparison.Ordinal))?.Trim();
        output.WriteLine($"{file}: {counts}");
        Console.WriteLine($"{file}: {counts}");
        Assert.True(exitCode == 0 && counts is not null, $"{file}: exit code {exitCode}\n{text}");
    }

    private static bool HasPrefix(string file, string prefix) => Path.GetFileName(file).StartsWith(prefix, StringComparison.Ordinal);
}

namespace AzOpenAI.Tests.Pester;

/// <summary>The Pester files on help. They run every example of every page, which takes about as long as a third of all else, so they run beside it: as a class of their own.</summary>
public sealed class HelpPesterTests(ITestOutputHelper output)
{
    public static TheoryData<string> Files => [.. PesterTests.Find().Where(Takes)];

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file_passes(string file) => PesterTests.RunAsync(file, output);

    internal static bool Takes(string file) => Path.GetFileName(file).StartsWith("Help", StringComparison.Ordinal);
}

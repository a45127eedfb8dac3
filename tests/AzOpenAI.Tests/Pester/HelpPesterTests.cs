namespace AzOpenAI.Tests.Pester;

/// <summary>The Pester files on help. They run every example of every page.</summary>
public sealed class HelpPesterTests(PesterServer server, ITestOutputHelper output) : PesterFiles(server, output)
{
    public static TheoryData<string> Files => Find(static file => !IsCommand(file) && IsOnHelp(file));

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file_passes(string file) => RunAsync(file);
}

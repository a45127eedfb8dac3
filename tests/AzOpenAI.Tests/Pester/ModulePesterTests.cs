namespace AzOpenAI.Tests.Pester;

/// <summary>The Pester files on the module as a whole.</summary>
public sealed class ModulePesterTests(PesterServer server, ITestOutputHelper output) : PesterFiles(server, output)
{
    public static TheoryData<string> Files => Find(static file => !IsCommand(file) && !IsOnHelp(file));

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file_passes(string file) => RunAsync(file);
}

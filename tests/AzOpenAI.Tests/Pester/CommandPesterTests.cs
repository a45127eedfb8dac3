namespace AzOpenAI.Tests.Pester;

/// <summary>The Pester files of all other cmdlets.</summary>
public sealed class CommandPesterTests(PesterServer server, ITestOutputHelper output) : PesterFiles(server, output)
{
    public static TheoryData<string> Files => Find(static file => IsCommand(file) && !HasVerbGet(file));

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file_passes(string file) => RunAsync(file);
}

namespace AzOpenAI.Tests.Pester;

/// <summary>The Pester files of the cmdlets with the verb Get, which are a third of all.</summary>
public sealed class GetCommandPesterTests(PesterServer server, ITestOutputHelper output) : PesterFiles(server, output)
{
    public static TheoryData<string> Files => Find(static file => IsCommand(file) && HasVerbGet(file));

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file_passes(string file) => RunAsync(file);
}

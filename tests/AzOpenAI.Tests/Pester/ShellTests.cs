namespace AzOpenAI.Tests.Pester;

/// <summary>The shell that the Pester files run in, and the two scripts that run them. A runner that says that all is well whatever happens would make every Pester file worthless.</summary>
public sealed class ShellTests
{
    public static TheoryData<string, int, string> Contents => new()
    {
        { "Describe 'x' { It 'one' { 1 | Should -Be 2 }; It 'two' { 1 | Should -Be 2 } }", 2, "x.one" },
        { "Describe 'x' { BeforeAll { throw 'no table' }; It 'one' { } }", 1, "no table" },
        { "Describe 'x' { }", 1, "ran no test" },
        { "Describe 'x' {", 1, "Missing closing" },
        { "Describe 'x' { It 'one' { 1 | Should -Be 1 } }", 0, "1 passed, 0 failed" },
    };

    [Fact]
    public async Task The_shell_is_one_that_the_module_takes()
    {
        (int exitCode, string output) = await Shell.RunAsync("-Command", "$PSVersionTable.PSVersion.ToString()");

        Assert.Equal(0, exitCode);
        Assert.True(Version.Parse(output.Split('-')[0]) >= new Version(7, 6), $"PowerShell 7.6 or later is needed; '{string.Join(' ', Shell.Command)}' is {output}.");
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public Task The_runner_tells_by_its_exit_code_how_a_file_went(string content, int leastExitCode, string said) =>
        CheckAsync(content, leastExitCode, said, static path => Shell.RunAsync("-File", PesterFiles.Runner, path, "-Pester", Shell.Pester));

    [Fact]
    public async Task The_server_tells_how_each_file_went()
    {
        await using PesterServer server = new();
        foreach ((string content, int leastExitCode, string said) in Contents.Select(static row => row.Data))
            await CheckAsync(content, leastExitCode, said, server.RunAsync);
    }

    [Fact]
    public async Task A_file_inherits_nothing_of_the_one_before_it_in_the_same_process()
    {
        await using PesterServer server = new();

        await CheckAsync(
            "Describe 'x' { It 'leaves things behind' { $env:AZOPENAI_LEFT = 1; $global:left = 1; function global:Get-Left { }; Set-Location ([IO.Path]::GetTempPath()) } }",
            0, "1 passed", server.RunAsync);
        await CheckAsync(
            $"Describe 'x' {{ It 'finds nothing' {{ \"$env:AZOPENAI_LEFT$(Get-Variable left -Scope Global -ErrorAction Ignore)$(Get-Command Get-Left -ErrorAction Ignore)$PWD\" | Should -Be '{Repository.Root}' }} }}",
            0, "1 passed", server.RunAsync);
    }

    [Fact]
    public async Task A_file_that_ends_the_process_fails_and_the_next_one_runs()
    {
        await using PesterServer server = new();

        await CheckAsync("Describe 'x' { It 'one' { [Console]::WriteLine('last words'); [Environment]::Exit(0) } }", 1, "last words", server.RunAsync);
        await CheckAsync("Describe 'x' { It 'one' { 1 | Should -Be 1 } }", 0, "1 passed", server.RunAsync);
    }

    private static async Task CheckAsync(string content, int leastExitCode, string said, Func<string, Task<(int ExitCode, string Output)>> runAsync)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.Tests.ps1");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        try
        {
            (int exitCode, string text) = await runAsync(path);

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
}

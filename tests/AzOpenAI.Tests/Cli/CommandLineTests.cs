using System.Diagnostics;

namespace AzOpenAI.Tests.Cli;

/// <summary>The program as users run it: a process of its own, from the assembled module.</summary>
public sealed class CommandLineTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly string Program = Path.Combine(Repository.Root, "out", "AzOpenAI", "module", "tools", "azopenai.dll");

    [Fact]
    public async Task The_quickstart_goes_from_a_resource_to_an_answer_and_back_to_nothing()
    {
        (int exitCode, string text) = await RunAsync("quickstart");

        Assert.True(exitCode == 0, text);
        string[] steps = ["start emulator", "choose model", "check region and model", "create resource", "deploy model", "get key", "stream chat", "remove and purge", "remove resource group"];
        int at = 0;
        foreach (string step in steps)
        {
            int found = text.IndexOf(step, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{step}' is missing or out of order in:\n{text}");
            at = found;
        }
    }

    [Theory]
    [InlineData("ModelNotOffered", "quickstart", "--model", "gpt-nosuch")]
    [InlineData("LocationNotAvailable", "quickstart", "--location", "atlantis")]
    public async Task A_quickstart_that_cannot_work_says_why_before_it_makes_anything(string errorId, params string[] arguments)
    {
        (int exitCode, string text) = await RunAsync(arguments);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{errorId}: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("create resource", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_emulator_prints_its_address_on_one_line_and_ends_with_its_input()
    {
        using Process process = Start("emulator", "--port", "0", "--exit-with-stdin");
        using CancellationTokenSource deadline = new(Deadline);
        string? line = await process.StandardOutput.ReadLineAsync(deadline.Token);

        Assert.Matches(@"^http://127\.0\.0\.1:\d+/$", line);
        using HttpClient client = new();
        string health = await client.GetStringAsync(new Uri(new Uri(line!), "_emulator/health"), deadline.Token);
        Assert.Contains("subscriptionId", health, StringComparison.Ordinal);

        process.StandardInput.Close();
        await process.WaitForExitAsync(deadline.Token);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(deadline.Token));
    }

    [Fact]
    public async Task The_emulator_starts_with_what_a_seed_says()
    {
        string seed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.json");
        await File.WriteAllTextAsync(
            seed, """{"subscriptions": [{"id": "33333333-3333-4333-8333-333333333333", "displayName": "Seeded"}]}""", TestContext.Current.CancellationToken);
        try
        {
            using Process process = Start("emulator", "--json", "--exit-with-stdin", "--seed", seed);
            using CancellationTokenSource deadline = new(Deadline);
            string? line = await process.StandardOutput.ReadLineAsync(deadline.Token);
            Assert.Contains("33333333-3333-4333-8333-333333333333", line, StringComparison.Ordinal);
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            File.Delete(seed);
        }
    }

    [Theory]
    [InlineData("{\"subscriptions\":\n [{\"accounts\": 5}]}", "cannot be used. Line 2, subscriptions[0].accounts: A list is needed.")]
    [InlineData("nonsense", "cannot be used. Line 1: This is no JSON")]
    [InlineData(null, "cannot be read: ")]
    public async Task A_bad_seed_ends_with_exit_code_2_and_says_where(string? content, string said)
    {
        string seed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.json");
        if (content is not null)
            await File.WriteAllTextAsync(seed, content, TestContext.Current.CancellationToken);
        try
        {
            (int exitCode, string text) = await RunAsync("emulator", "--exit-with-stdin", "--seed", seed);
            Assert.Equal(2, exitCode);
            Assert.Contains($"The seed '{seed}' {said}", text, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(seed);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        using CancellationTokenSource deadline = new(Deadline);
        process.StandardInput.Close();
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            string output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}

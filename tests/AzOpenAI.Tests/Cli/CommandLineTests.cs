using System.Net;
using System.Net.Sockets;

namespace AzOpenAI.Tests.Cli;

/// <summary>The program as users run it: a process of its own, from the assembled module.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task The_quickstart_goes_from_a_resource_to_an_answer_and_back_to_nothing()
    {
        using CliProcess quickstart = await CliProcess.RunAsync("quickstart");

        string text = quickstart.Output;
        Assert.True(quickstart.ExitCode == 0, quickstart.Text);
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
        using CliProcess quickstart = await CliProcess.RunAsync(arguments);

        Assert.Equal(1, quickstart.ExitCode);
        Assert.Contains($"{errorId}: ", quickstart.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("create resource", quickstart.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_emulator_prints_its_address_on_one_line_and_ends_with_its_input()
    {
        using CliProcess process = CliProcess.Start(["emulator", "--port", "0", "--exit-with-stdin"]);
        string line = await process.LineAsync("http");

        Assert.Matches(@"^http://127\.0\.0\.1:\d+/$", line);
        using HttpClient client = new();
        string health = await client.GetStringAsync(new Uri(new Uri(line), "_emulator/health"), TestContext.Current.CancellationToken);
        Assert.Contains("subscriptionId", health, StringComparison.Ordinal);

        process.CloseInput();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(line + "\n", process.Text);
    }

    [Fact]
    public async Task The_emulator_starts_with_what_a_seed_says()
    {
        string seed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.json");
        await File.WriteAllTextAsync(
            seed, """{"subscriptions": [{"id": "33333333-3333-4333-8333-333333333333", "displayName": "Seeded"}]}""", TestContext.Current.CancellationToken);
        try
        {
            using CliProcess process = CliProcess.Start(["emulator", "--json", "--exit-with-stdin", "--seed", seed]);
            Assert.Contains("33333333-3333-4333-8333-333333333333", await process.LineAsync("{"), StringComparison.Ordinal);
            process.CloseInput();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            File.Delete(seed);
        }
    }

    [Theory]
    [InlineData("{\"subscriptions\":\n [{\"accounts\": 5}]}", "Can't use seed file '{0}'. Line 2, subscriptions[0].accounts: A list is required.")]
    [InlineData("nonsense", "Can't use seed file '{0}'. Line 1: The file isn't valid JSON")]
    [InlineData(null, "Can't read seed file '{0}': ")]
    public async Task A_bad_seed_ends_with_exit_code_2_and_says_where(string? content, string said)
    {
        string seed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.json");
        if (content is not null)
            await File.WriteAllTextAsync(seed, content, TestContext.Current.CancellationToken);
        try
        {
            using CliProcess emulator = await CliProcess.RunAsync("emulator", "--exit-with-stdin", "--seed", seed);
            Assert.Equal(2, emulator.ExitCode);
            Assert.Contains(said.Replace("{0}", seed, StringComparison.Ordinal), OneLine(emulator), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(seed);
        }
    }

    [Theory]
    [InlineData("The port '99999' isn't valid. Use a number from 0 to 65535", "emulator", "--port", "99999")]
    [InlineData("The port '-1' isn't valid", "emulator", "--port", "-1")]
    [InlineData("The port '65536' isn't valid", "emulator", "--port", "65536")]
    [InlineData("The port 'http' isn't valid", "emulator", "--port", "http")]
    [InlineData("The port '' isn't valid", "emulator", "--port", "")]
    [InlineData("'--port'", "emulator", "--port")]
    [InlineData("The value of the option '--seed' is empty", "emulator", "--seed", "")]
    [InlineData("Can't read seed file 'no pe'", "emulator", "--seed", "no\npe")]
    [InlineData("'--bogus'", "emulator", "--bogus")]
    [InlineData("'emulatr'", "emulatr")]
    [InlineData("The value of the option '--subscription' is empty", "quickstart", "--subscription", "")]
    [InlineData("The value of the option '--model' is empty", "quickstart", "--model", " ")]
    [InlineData("The value of the option '--location' is empty", "quickstart", "--location", "")]
    public async Task An_option_that_cannot_be_used_is_one_line_and_exit_code_2(string said, params string[] arguments)
    {
        using CliProcess program = await CliProcess.RunAsync(arguments);
        Assert.Contains(said, OneLine(program), StringComparison.Ordinal);
        Assert.Equal(2, program.ExitCode);
    }

    [Fact]
    public async Task Without_a_command_it_shows_its_help_and_ends_with_exit_code_2()
    {
        using CliProcess program = await CliProcess.RunAsync();
        Assert.Contains("quickstart", program.Output, StringComparison.Ordinal);
        Assert.Equal(("", 2), (program.Errors, program.ExitCode));
    }

    [Fact]
    public async Task A_seed_that_is_a_folder_is_one_line_and_exit_code_2()
    {
        using CliProcess program = await CliProcess.RunAsync("emulator", "--seed", Path.GetTempPath());
        Assert.Contains($"Can't read seed file '{Path.GetTempPath()}': ", OneLine(program), StringComparison.Ordinal);
        Assert.Equal(2, program.ExitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line_and_exit_code_1()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";
        using CliProcess program = await CliProcess.RunAsync("emulator", "--port", port);
        Assert.Matches($"^Failed to bind to address http://127.0.0.1:{port}: .*in use", OneLine(program));
        Assert.Equal(1, program.ExitCode);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_written_is_one_line_and_exit_code_1()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "TMPDIR says where temporary files go on Linux and macOS only.");
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n"));
        using CliProcess program = CliProcess.Start(["emulator", "--https"], new Dictionary<string, string?> { ["TMPDIR"] = missing });
        await program.WaitForExitAsync();
        Assert.Contains("Can't write the certificate file. ", OneLine(program), StringComparison.Ordinal);
        Assert.Contains(missing, program.Errors, StringComparison.Ordinal);
        Assert.Equal(1, program.ExitCode);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("emulator", "--help")]
    [InlineData("quickstart", "--help")]
    public async Task The_help_lists_the_exit_codes(params string[] arguments)
    {
        using CliProcess program = await CliProcess.RunAsync(arguments);
        Assert.Equal(0, program.ExitCode);
        Assert.Contains("Options:", program.Output, StringComparison.Ordinal);
        Assert.Matches(@"Exit codes:\n +0 +Success\n +1 +Failure\n +2 .*\n +130 .*SIGINT.* 143 .*SIGTERM", program.Output.ReplaceLineEndings("\n"));
    }

    private static string OneLine(CliProcess program)
    {
        Assert.Equal("", program.Output);
        return Assert.Single(program.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

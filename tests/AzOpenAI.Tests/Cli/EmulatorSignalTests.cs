using System.Text.Json;

namespace AzOpenAI.Tests.Cli;

/// <summary><c>azopenai emulator</c> and the signals that end it.</summary>
public sealed class EmulatorSignalTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("azopenai-signals-").FullName;

    public EmulatorSignalTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that one process can send another.");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("INT", 130, false)]
    [InlineData("INT", 130, true)]
    [InlineData("TERM", 143, false)]
    [InlineData("TERM", 143, true)]
    [InlineData("HUP", 129, true)]
    [InlineData("QUIT", 131, true)]
    public async Task A_signal_ends_it_and_its_certificate_goes(string signal, int exitCode, bool https)
    {
        using CliProcess emulator = await StartAsync(https ? ["--https"] : []);
        emulator.Signal(signal);
        Assert.InRange(await emulator.WaitForExitAsync(), TimeSpan.Zero, Soon);
        Assert.Equal(exitCode, emulator.ExitCode);
        Assert.Empty(Directory.GetFiles(_folder, "*.pem"));
        Assert.Equal("", emulator.Errors);
    }

    [Fact]
    public async Task The_same_signal_twice_at_once_is_one_request()
    {
        using CliProcess emulator = await StartAsync("--https");
        emulator.Signal("TERM", "TERM", "HUP", "TERM");
        await emulator.WaitForExitAsync();
        Assert.True(emulator.ExitCode is 143 or 129, emulator.Text);
        Assert.Empty(Directory.GetFiles(_folder, "*.pem"));
    }

    [Fact]
    public async Task An_answer_that_is_stalled_does_not_keep_it()
    {
        using CliProcess emulator = await StartAsync();
        Uri address = Address(emulator);
        using HttpClient client = new() { BaseAddress = address };
        using StringContent fault = new("""{"kind":"stall"}""");
        await client.PostAsync("_emulator/faults", fault, TestContext.Current.CancellationToken);
        Task<HttpResponseMessage> stalled = client.GetAsync("subscriptions", TestContext.Current.CancellationToken);
        while (!(await client.GetStringAsync("_emulator/requests", TestContext.Current.CancellationToken)).Contains("/subscriptions", StringComparison.Ordinal))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        emulator.Signal("INT");
        Assert.InRange(await emulator.WaitForExitAsync(), TimeSpan.Zero, Soon);
        Assert.Equal(130, emulator.ExitCode);
        await Task.WhenAny(stalled);
        _ = stalled.Exception;
    }

    [Fact]
    public async Task A_child_leaves_Ctrl_C_to_its_parent_and_ends_at_SIGTERM()
    {
        using CliProcess emulator = await StartAsync("--https", "--exit-with-stdin");
        emulator.Signal("INT", "QUIT");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        emulator.Signal("INT");
        using HttpClient client = new();
        Assert.Contains("ok", await client.GetStringAsync(new Uri(Address(emulator), "_emulator/health"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        emulator.Signal("TERM");
        Assert.InRange(await emulator.WaitForExitAsync(), TimeSpan.Zero, Soon);
        Assert.Equal(143, emulator.ExitCode);
        Assert.Empty(Directory.GetFiles(_folder, "*.pem"));
    }

    [Fact]
    public async Task Without_a_parent_the_end_of_its_input_does_not_end_it()
    {
        using CliProcess emulator = await StartAsync();
        emulator.CloseInput();
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        using HttpClient client = new();
        Assert.Contains("ok", await client.GetStringAsync(new Uri(Address(emulator), "_emulator/health"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        emulator.Signal("INT");
        await emulator.WaitForExitAsync();
        Assert.Equal(130, emulator.ExitCode);
    }

    [Fact]
    public async Task Nohup_keeps_it_when_the_terminal_closes()
    {
        using CliProcess emulator = await StartAsync(["--https"], "trap '' HUP; exec \"$@\"");
        emulator.Signal("HUP");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        using HttpClient client = new();
        Assert.Contains("ok", await client.GetStringAsync(new Uri(Address(emulator), "_emulator/health"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        emulator.Signal("TERM");
        await emulator.WaitForExitAsync();
        Assert.Equal(143, emulator.ExitCode);
    }

    private Task<CliProcess> StartAsync(params string[] options) => StartAsync(options, null);

    private async Task<CliProcess> StartAsync(string[] options, string? shell)
    {
        CliProcess emulator = CliProcess.Start(["emulator", "--json", .. options], new Dictionary<string, string?> { ["TMPDIR"] = _folder }, shell);
        await emulator.LineAsync("{");
        Assert.Equal(options.Contains("--https") ? 1 : 0, Directory.GetFiles(_folder, "*.pem").Length);
        return emulator;
    }

    private static Uri Address(CliProcess emulator)
    {
        using JsonDocument json = JsonDocument.Parse(emulator.Output);
        return new Uri(json.RootElement.GetProperty("uri").GetString()!);
    }
}
